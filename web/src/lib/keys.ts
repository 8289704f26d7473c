/** Whether keyboards here have a command key. */
export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");
