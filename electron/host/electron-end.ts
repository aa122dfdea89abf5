// Ending in order: Electron may not quit before the application has closed its files.
import { app, dialog } from 'electron';

/** Holds every quit until the returned function is called with the exit code. */
export function holdQuit(): (code: number) => void {
  // Closing the window ends the application on every platform; the entry ends it when all is closed.
  app.on('window-all-closed', () => {});
  app.on('will-quit', (event) => event.preventDefault());
  return (code) => app.exit(code);
}

/** A start that failed is said where people see it: on standard error, and in a box when there is a screen. */
export function sayAndExit(message: string, code: number): void {
  process.stderr.write(`bulkhead: ${message}\n`);
  if (app.isReady()) dialog.showErrorBox('Bulkhead did not start', message);
  app.exit(code);
}
