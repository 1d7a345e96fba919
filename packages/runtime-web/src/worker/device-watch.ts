import { DeviceLost } from "./device-lost.js";

/** Milliseconds; a run may fail a moment before its device says that it is lost. */
const MOMENT = 1000;

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

  get isLost(): boolean {
    return this.#loss !== undefined;
  }

  /** What `run` gives, one run at a time. @throws DeviceLost once the device is lost; then nothing is run. */
  guard<Result>(run: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#loss) return reject(this.#loss);
      this.#interrupt = reject;
      run().then(resolve, (cause) => setTimeout(() => reject(this.#loss ?? cause), MOMENT));
    });
  }
}
