// The numbers behind the columns, and the sums that hold them together: multiplied and added here, in the browser,
// and compared with what the engine computed.

function readNumbers({ data }) {
  const m = data.labels.length;
  return {
    q: unpack(data.q, data.dimensions), k: unpack(data.k, m * data.dimensions),
    scores: unpack(data.scores, m), scaled: unpack(data.scaled, m), weights: unpack(data.weights, m),
  };
}

const keyAt = ({ numbersOf, data }, index, i) => numbersOf.k[index * data.dimensions + i];
const productAt = (view, index, i) => view.numbersOf.q[i] * keyAt(view, index, i);

// Float32 sums differ in their last digits with the order of their terms; more than that is an error.
const near = (value, given, size) => Math.abs(value - given) <= 1e-5 * Math.max(1, size);

// A number of any size, for a line of arithmetic.
function sized(value) {
  if (value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1e5)) return printed(value, 3);
  const [mantissa, power] = value.toExponential(3).split("e");
  const raised = [...String(Number(power))].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])).join("");
  return `${mantissa.replace("-", "−")}×10${raised}`;
}

// A number as the pointer shows it.
const pointed = (value) => (value !== 0 && Math.abs(value) < 1e-5 ? sized(value) : exactly(value, 3));

// [{text, right}] for the pinned row and for the whole column of weights.
function checkSums(view) {
  const { data, numbersOf } = view;
  const { words, hidden, dimensions: d_k, chosen, left } = data;
  const { scores, scaled, weights } = numbersOf;
  const products = Array.from({ length: d_k }, (_, i) => productAt(view, chosen, i));
  const add = (values) => values.reduce((sum, value) => sum + value, 0);
  const sum = add(products);
  const divided = scores[chosen] / Math.sqrt(d_k);
  const powers = Array.from(scaled, Math.exp);
  const total = add(powers) + hidden.exponentials;
  const share = powers[chosen] / total;
  const result = data.rescaled ? share / (left || 1) : share;
  const all = add(Array.from(weights)) + (data.rescaled ? 0 : hidden.weight);
  const line = (name, right, values) => ({
    right,
    text: words[`${name}_${right ? "right" : "wrong"}`].replace(/{(\w+)}/g, (_, key) => values[key]),
  });
  const softmax = {
    scaled: printed(scaled[chosen], 3), power: sized(powers[chosen]), total: sized(total), left: printed(left, 3),
    result: pointed(near(result, weights[chosen], 1) ? share : result), value: pointed(weights[chosen]),
  };
  const kind = data.rescaled ? "total_rescaled" : hidden.count ? "total_hidden" : "total";
  return [
    line("products", near(sum, scores[chosen], add(products.map(Math.abs))), {
      word: isolate(data.labels[chosen]), d_k, sum: printed(sum, 3), value: printed(scores[chosen], 3),
    }),
    line("scaled", near(divided, scaled[chosen], Math.abs(divided)), {
      score: printed(scores[chosen], 3), d_k, result: printed(divided, 3), value: printed(scaled[chosen], 3),
    }),
    line(data.rescaled ? "softmax_rescaled" : "softmax", near(result, weights[chosen], 1), softmax),
    line(kind, near(all, 1, 1), { count: weights.length, sum: printed(all, 3) }),
  ];
}

function writeChecks(view) {
  const list = view.find(".checks");
  list.dataset.theme = view.theme;
  list.replaceChildren(
    ...checkSums(view).map(({ text, right }) => {
      const item = document.createElement("li");
      const mark = document.createElement("b");
      item.className = right ? "right" : "wrong";
      mark.textContent = right ? "✓" : "✗";
      item.append(text, mark);
      return item;
    })
  );
}
