"use client";
import { useState } from "react";
import { classify, train } from "../photos.js";

export default function Page() {
  const [output, setOutput] = useState("");
  const show = async (work) => setOutput(JSON.stringify(await work.catch(String)));
  return (
    <>
      <input id="photo" type="file" onChange={({ target }) => show(classify(target.files[0]))} />
      <input
        id="photos"
        type="file"
        multiple
        onChange={({ target }) => show(train(Array.from(target.files)))}
      />
      <output>{output}</output>
    </>
  );
}
