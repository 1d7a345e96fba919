/** The GPU is gone, for the reason that its message gives; a new one may be there. */
export class DeviceLost extends Error {}
