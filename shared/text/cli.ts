// Words of the command line.
export const cliText = {
  fileUnreadable: (path: string, why: string) => `${path} cannot be read: ${why}.`,
  fileTooLarge: (path: string, bytes: number, limit: number) =>
    `${path} is ${Math.round(bytes / 1048576)} MB, over the limit of ${limit / 1048576} MB.`,
  notJson: (path: string, why: string) =>
    `${path} is not JSON: ${why}. Hand in the file that "incident export --format json" wrote.`,
  notAnExport: (path: string, why: string) =>
    `${path} is not an exported incident (${why}). Hand in the file that "incident export --format json" wrote.`,
  newerExport: (path: string, version: number) =>
    `${path} is an export of version ${version}, from a newer Bulkhead. Use that one to verify it.`,
};
