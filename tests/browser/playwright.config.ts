// Debian's browser, one at a time; every wait is for something that happens, and gives up loudly.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list']],
  outputDir: process.env['HANSA_BROWSER_OUT'] ?? 'out',
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en',
    actionTimeout: 45_000,
    navigationTimeout: 45_000,
    // Writing it down takes as long as the test itself.
    trace: process.env['HANSA_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['HANSA_CHROMIUM'] ?? '/usr/bin/chromium',
      // Containers have little shared memory, and root gets no sandbox.
      args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
});
