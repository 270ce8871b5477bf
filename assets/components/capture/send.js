// A picture on its way from the browser to Python: its name and its bytes in base64, as the trigger `picture`.

const PICTURE = /^image\//;

// The first picture among some files, or the first file at all, which Python then answers with a sentence.
const firstPicture = (files) => [...files].find((file) => PICTURE.test(file.type)) ?? files[0] ?? null;

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// Whether it was sent: what is over the limit stays here.
async function sendPicture(file, name, limit, setTriggerValue) {
  if (file.size > limit) return false;
  setTriggerValue("picture", { name, data: await base64(file) });
  return true;
}
