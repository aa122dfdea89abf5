// placeholder until the Electron host is written
export {};
