// Sentences of the application itself.
export const appText = {
  settingsBroken: (why: string) =>
    `settings.json could not be read (${why}). It was set aside as settings.json.broken; the defaults are in use.`,
  settingsNotSaved: (why: string) =>
    `The settings were not saved: ${why}. They hold until the window is closed.`,
  notOwner: (pid: string) =>
    `Another Bulkhead${pid} watches this profile. This window reads and writes; the other one polls the feeds.`,
  urlRefused: (url: string) =>
    `${url.slice(0, 200)} was not opened: only https and mailto addresses leave this window.`,
  cannotOpen: (url: string) => `This window cannot open ${url.slice(0, 200)}. Copy the address instead.`,
  thisDesk: 'this desk',
};
