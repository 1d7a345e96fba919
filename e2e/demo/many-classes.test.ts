// A network of a thousand classes, as ImageNet's are.
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPage } from "./page-actions.js";
import { openSite, type Site } from "./site.js";

const labels = Array.from({ length: 1000 }, (_, index) => `kind ${index}`);

let site: Site;
beforeAll(async () => {
  site = await openSite({
    labels,
    webgpu: false,
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=accept"],
  });
});
afterAll(() => site?.[Symbol.asyncDispose]());

it("names them all in the model's card where one asks for them", async () => {
  const page = await newPage(site.browser);
  await page.goto(site.url);
  const names = page.getByText("kind 0, kind 1, kind 2");
  await page.getByText("1,000", { exact: true }).waitFor();
  expect(await names.isVisible()).toBe(false);
  await page.getByText("1,000", { exact: true }).click();
  expect(await names.isVisible()).toBe(true);
});

it("shows the camera's most probable ones, the first on top", async () => {
  const page = await newPage(site.browser);
  await page.goto(site.url);
  await page.getByRole("button", { name: "Live camera" }).click();
  await page.locator("#camera .rate").getByText("frames a second").waitFor();
  const { names, title, widths } = await page.evaluate(() => {
    const textOf = (selector: string) =>
      Array.from(document.querySelectorAll(selector), ({ textContent }) => textContent);
    return {
      names: textOf("#camera .bars dt"),
      title: textOf("#camera .title .serif")[0],
      widths: Array.from(document.querySelectorAll<HTMLElement>("#camera .bars i"), ({ style }) =>
        Number.parseFloat(style.inlineSize),
      ),
    };
  });
  expect(names).toHaveLength(5);
  expect(names[0]).toBe(title);
  expect(widths).toEqual(widths.toSorted((a, b) => b - a));
});
