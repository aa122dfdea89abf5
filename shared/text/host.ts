// What the hosts say: the window, links, printing, notifications, secrets. One wording, whichever host it is.

export const hostText = {
  oneWindow: 'Bulkhead has one window, and it is open already.',
  noWindow: (program: string, why: string) => `${program} did not open a window: ${why}`,
  noProfile: (folder: string, why: string) =>
    `The profile folder ${folder} cannot be made: ${why}. Choose another with --profile DIR.`,
  openToDebuggers: 'Bulkhead does not start with switches that open it to debuggers.',
  onlyMainFrame: 'Only the main frame of Bulkhead itself is answered.',
  /** Followed by what a window of Chromium cannot do, and the way out. */
  chromiumCannot: (what: string) => `The Chromium window cannot do this: ${what}`,
  chromium: {
    folder: 'ask for a folder with the system’s dialog; type its path instead.',
    file: 'ask where to save with the system’s dialog; type a path instead.',
    awake: 'keep the machine awake; switch its sleep off while a plan runs.',
  },
  /** Followed by what is not done without a window. */
  headlessCannot: (what: string) => `Without a window, Bulkhead ${what}`,
  headless: {
    folder: 'asks for no folder; give its path.',
    file: 'asks for no file; give its path.',
    notify: 'shows no notifications.',
    link: 'opens no links.',
    print: 'prints nothing; no browser was found.',
    awake: 'keeps no machine awake.',
  },
  notPrinted: (why: string) => `The document was not printed: ${why}. Export it as Markdown instead.`,
  noNotifications: 'This system shows no notifications.',
  notNotified: 'The system did not show the notification.',
  noOpener: (url: string) => `No program to open links was found here. Open it yourself: ${url}`,
  /** `why` null: the system did not say. */
  notOpened: (url: string, why: string | null) =>
    `The system did not open the link${why === null ? '' : ` (${why})`}. Open it yourself: ${url}`,
  link: {
    refused: (why: string) => `The link was not opened: ${why}. Copy it if you trust it.`,
    long: 'it is longer than 4,096 characters',
    misleading: 'it has invisible or misleading characters',
    incomplete: 'it is not a complete address',
    userName: 'it carries a user name, which hides where it really leads',
    noMachine: 'it names no machine',
    mailField: (name: string) => `it asks the mail program for "${name.slice(0, 40)}"`,
    scheme: (scheme: string) => `Bulkhead opens https and mailto only, not ${scheme.slice(0, 40)}`,
  },
  secret: {
    badName: (name: string) =>
      `${JSON.stringify(name.slice(0, 80))} cannot name a secret: use letters, digits, . _ / and -.`,
    elsewhere: (name: string, variable: string) =>
      `The secret ${name} was kept with the system's keyring, which only the Electron window can open. Enter it again, or set ${variable}.`,
    unreadable: (name: string) =>
      `The keyring does not open the secret ${name}: it was changed, or the profile comes from another machine. Enter it again.`,
    cannotRead: (path: string, why: string) => `The secrets in ${path} cannot be read: ${why}.`,
    noSecrets: (path: string) =>
      `${path} is not a file of secrets any more. Move it away and enter them again.`,
    notKept: (path: string, why: string) => `The secret was not kept: ${path} cannot be written (${why}).`,
  },
} as const;
