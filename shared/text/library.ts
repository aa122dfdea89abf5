// Sentences about runbook folders.
export const libraryText = {
  pathOutside: (path: string) =>
    `${JSON.stringify(path)} leads out of the runbook folder and was not opened.`,
  unreadable: (path: string, why: string) =>
    `${path} cannot be read: ${why}. A checklist already started from it keeps its own copy.`,
  tooLarge: (path: string, bytes: number, limit: number) =>
    `${path} is ${(bytes / 1048576).toFixed(1)} MB, over the limit of ${limit / 1048576} MB. Split it, or open it in another program.`,
  folderUnreadable: (path: string, why: string) =>
    `${path} cannot be read: ${why}. The list is the last one that could be read; choose the folder again when it is back.`,
  folderMissing: (path: string, why: string) =>
    `${path} is not a folder that can be read: ${why}. Type the whole path of a folder on this machine.`,
  notAbsolute: (path: string) =>
    `${JSON.stringify(path)} is not a whole path. Type it from the root, for example /home/you/runbooks.`,
  nameRefused: (name: string) =>
    `${JSON.stringify(name)} is not taken as a file name. Write one name that ends in .md, without slashes and without < > : " | ? *.`,
  fileExists: (name: string) =>
    `${name} is there already. Choose another name, or say that it may be replaced.`,
  notAFile: (name: string) => `${name} is there and is not a file. Choose another name.`,
  notWritten: (path: string, why: string) => `${path} cannot be written: ${why}. Nothing was changed.`,
  noSuchFolder: (id: string) => `There is no runbook folder ${id}. It was removed; choose it again.`,
  tooMany: (limit: number) =>
    `More than ${limit.toLocaleString('en')} documents: only the first are listed. Choose a folder further down.`,
  fileTooLarge: (limit: number) => `Over ${limit / 1048576} MB: not read.`,
  chooseFolder: 'Choose a folder of runbooks',
  foldersBroken: (why: string) =>
    `The list of runbook folders could not be read (${why}) and was set aside as folders.json.broken. Choose the folders again.`,
};
