import { classify, train } from "./photos.js";

const output = document.querySelector("output");
const show = async (work) => {
  output.textContent = JSON.stringify(await work.catch(String));
};

document.querySelector("#photo").onchange = ({ target }) => show(classify(target.files[0]));
document.querySelector("#photos").onchange = ({ target }) => show(train(Array.from(target.files)));
