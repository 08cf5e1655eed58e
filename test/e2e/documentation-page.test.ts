import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { ServerProcess, temporaryFolder } from './server-process.ts';

const executablePath = '/usr/bin/chromium';
/** Without a browser on a developer's machine these are skipped; the continuous build requires it. */
const describeWithBrowser =
  existsSync(executablePath) || process.env.KUBEDRILL_REQUIRE_SYSTEM_PACKAGES === '1' ? describe : describe.skip;

describeWithBrowser('the page of the API documentation', () => {
  const data = temporaryFolder();
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    server = await ServerProcess.api({ DATABASE_URL: `file:${data.path}/kubedrill.db` });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    data.remove();
  });

  it('shows every route, and the shape of a submission', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${server.url}/api/docs`);
    await page.waitForSelector('.opblock');
    const routes = await page.locator('.opblock-summary-path').allInnerTexts();
    const shown = new Set(routes.map((route) => route.replaceAll('\u200b', '').trim()));
    const { paths } = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    expect([...shown].sort()).toEqual(Object.keys(paths).sort());
    await page.locator('#operations-submissions-SubmissionsController_submit').click();
    await page.locator('.opblock-body', { hasText: 'exercise' }).waitFor();
    expect(faults).toEqual([]);
  }, 60_000);
});
