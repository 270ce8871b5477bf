// The camera: asked for only when the reader presses its button, and let go when a picture is taken, when the reader
// stops it, and when the component goes away.

function closeCamera(view) {
  view.stream?.getTracks().forEach((track) => track.stop());
  view.stream = null;
  view.find("video").srcObject = null;
  view.find(".finder").hidden = true;
}

async function openCamera(view, facing = "environment") {
  const { words } = view.data;
  if (!navigator.mediaDevices?.getUserMedia) {
    // Browsers give live cameras to https pages only. A phone's own camera app answers a file field all the same.
    if (matchMedia("(pointer: coarse)").matches) view.find("input").click();
    else view.say(words.camera_insecure);
    return;
  }
  closeCamera(view);
  view.say("");
  try {
    const size = { width: { ideal: 1920 }, height: { ideal: 1440 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: facing, ...size } });
    if (!view.root.isConnected) return stream.getTracks().forEach((track) => track.stop());
    Object.assign(view, { stream, facing });
  } catch (error) {
    return view.say(error.name === "NotAllowedError" ? words.camera_denied : words.camera_none);
  }
  view.find("video").srcObject = view.stream;
  view.find(".finder").hidden = false;
  view.find(".shoot").focus();
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
  view.find(".other").hidden = cameras.length < 2;
}

const otherCamera = (view) => openCamera(view, view.facing === "environment" ? "user" : "environment");

function takePicture(view) {
  const video = view.find("video");
  if (!video.videoWidth) return; // the first image has not come yet
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  closeCamera(view);
  canvas.toBlob((blob) => view.send(blob, view.data.words.camera_name), "image/jpeg", 0.92);
}
