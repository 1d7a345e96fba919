import { FleuronError, MANIFEST_FILE, type Manifest, parseManifest } from "@fleuron/model";
import { isWebPage } from "../is-web-page.js";

/**
 * What the page says about a model before any byte of it is there.
 * @throws FleuronError "bundle-missing", "manifest-invalid", "manifest-newer".
 */
export async function fetchManifest(bundle: string): Promise<Manifest> {
  const address = new URL(MANIFEST_FILE, new URL(bundle, document.baseURI)).href;
  const missing = (reason: string, cause?: unknown) =>
    new FleuronError("bundle-missing", `There is no model at ${address}: ${reason}.`, {
      subject: address,
      hint: "Put the folder that fleuron export wrote beside the page, as bundle/.",
      cause,
    });
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw missing("the server does not answer", cause);
  }
  if (!response.ok) throw missing(`the server answers ${response.status}`);
  if (isWebPage(response)) {
    throw missing("the server sends a web page instead");
  }
  return parseManifest(await response.text(), address);
}
