import { DeviceLost } from "./device-lost.js";

/** Watches onnxruntime's WebGPU device. A run that is under way when it is lost may never end by itself. */
export class DeviceWatch {
  #loss: DeviceLost | undefined;
  #interrupt: ((loss: DeviceLost) => void) | undefined;

  constructor(device: GPUDevice) {
    device.lost.then(({ reason, message }) => {
      this.#loss = new DeviceLost(message || reason);
      this.#interrupt?.(this.#loss);
    });
  }

  /** What `run` gives, one run at a time. @throws DeviceLost once the device is lost. */
  guard<Result>(run: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      if (this.#loss) reject(this.#loss);
      // A run may fail a moment before its device says that it is lost.
      run.then(resolve, (cause) => setTimeout(() => reject(this.#loss ?? cause), 50));
    });
  }
}
