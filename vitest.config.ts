import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['test/{unit,integration}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Generous: a loaded machine is slow, and a slow test is no failed one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
