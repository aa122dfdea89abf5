// Sentences of the application itself.
export const appText = {
  settingsBroken: (why: string) =>
    `settings.json could not be read (${why}). It was set aside as settings.json.broken; the defaults are in use.`,
  settingsNotSaved: (why: string) =>
    `The settings were not saved: ${why}. They hold until the window is closed.`,
  cannotOpen: (url: string) => `This window cannot open ${url.slice(0, 200)}. Copy the address instead.`,
  inEarnest: (folder: string) =>
    `${folder} holds real incidents; the clock of a recording must not reach them. Leave --profile out, or name a new folder.`,
  unmarked: (folder: string, why: string) =>
    `${folder} cannot be written: ${why}. Choose another with --profile DIR.`,
  ofPractice: (folder: string) =>
    `${folder} was made by a recording or a rehearsal; real incidents do not belong in it. Choose another with --profile DIR.`,
  thisDesk: 'this desk',
};
