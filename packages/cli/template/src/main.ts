import { loadClassifier } from "@fleuron/runtime-web";

const element = <Found extends HTMLElement>(id: string) => document.querySelector<Found>(`#${id}`)!;
const [input, state] = [element<HTMLInputElement>("photo"), element("state")];

const classifier = await loadClassifier("bundle/");
state.textContent = `Ready, on ${classifier.executionProvider}. Photos stay in this browser.`;
input.disabled = false;

input.addEventListener("change", async () => {
  const photo = input.files?.[0];
  if (!photo) return;
  element<HTMLImageElement>("shown").src = URL.createObjectURL(photo);
  const { predictions, rejected } = await classifier.classify(photo, { topK: 3 });
  const lines = predictions.map(({ label, probability }) => {
    const line = document.createElement("li");
    line.textContent = `${label} ${(100 * probability).toFixed(1)}%`;
    return line;
  });
  state.textContent = rejected ? "None of these; the nearest are:" : "";
  element("labels").replaceChildren(...lines);
});
