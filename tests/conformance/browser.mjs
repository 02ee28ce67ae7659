// The Chromium of this machine, for tests that need a real browser.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

/** Options of a test that needs one: left out where there is none. */
export const browserIsHere = {
  timeout: 90_000,
  skip: executablePath ? false : 'no Chromium here (set CHROMIUM to its path)',
};

/** Null where there is none. */
export const openBrowser = async (...args) =>
  executablePath ? await chromium.launch({ executablePath, args: ['--no-sandbox', ...args] }) : null;
