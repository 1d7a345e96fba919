import type { TrainedClassifier } from "@fleuron/trainer-web";

/** Hands a run's folder to the browser as a zip to download. */
export async function save(trained: TrainedClassifier): Promise<void> {
  const address = URL.createObjectURL(await trained.zip());
  const link = document.createElement("a");
  link.href = address;
  link.download = `${trained.run}.zip`;
  link.click();
  // The browser reads it after the click: a minute is long enough.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
