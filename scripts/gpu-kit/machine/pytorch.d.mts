export function pytorch(size: {
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly product: number;
  readonly optimiser: object;
}): Promise<object>;
