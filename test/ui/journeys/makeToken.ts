import assert from 'node:assert/strict';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import type { Journey } from '../journey.ts';
import type { Workbench } from '../workbench.ts';

const token = 'glpat-ui-made-0123456789';
/** Only a hang takes this long. */
const openTimeoutMs = 120_000;

export const journey: Journey = {
  name: 'Connect Your Cluster leads to the token page of the server, takes the token that was made there, and ticks its steps',
  workspace: 'sample',
  async run(workbench) {
    const lab = await startGitLabLab({
      files: { 'catalog_rhel.json': '{}\n' },
      // The first version with its own form.
      version: '18.11.0',
    });
    try {
      lab.tokens.add({ value: token });
      await connect(workbench, lab);
    } finally {
      await lab.close();
    }
  },
};

async function connect(workbench: Workbench, lab: GitLabLab): Promise<void> {
  const { page, runCommand, answer } = workbench;
  const pages = await standIn(workbench);
  const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
  await runCommand('BuildStreaM: Connect Your Cluster');
  await step('Open Your Project').locator('.codicon.complete').first().waitFor();
  await step('Sign In to GitLab').click();
  // A completed step is redrawn and takes the focus.
  const enter = async (text: string): Promise<void> => {
    await page.locator('.quick-input-widget input[type=text]').fill(text);
    await page.locator('.quick-input-widget input[type=text]').press('Enter');
  };
  const make = page.locator('.getting-started-step.expanded').getByRole('button', { name: 'Make GitLab Token…' });

  // A user who is not signed in has to name the version.
  await make.click();
  await page.getByText('Sign In to GitLab (1/2)').waitFor();
  await enter(lab.origin);
  await visit(workbench, () => answer('Newer', 'GitLab 18.11 or Newer'));
  await page.getByText('Sign In to GitLab (2/2)').waitFor();
  await page.locator('.quick-input-widget input[type=password]').fill(token);
  await page.locator('.quick-input-widget input[type=password]').press('Enter');
  await page.getByRole('button', { name: 'Pin This Certificate' }).click();
  await page
    .getByText(/^Signed in to 127\.0\.0\.1:\d+ as root\./)
    .first()
    .waitFor();
  await step('Sign In to GitLab').locator('.codicon.complete').first().waitFor();
  await step('Trust Certificates').locator('.codicon.complete').first().waitFor();

  // By now the server itself has reported its version.
  await step('Sign In to GitLab').click();
  await make.click();
  await page.getByText('Sign In to GitLab (1/2)').waitFor();
  await visit(workbench, () => enter(lab.origin));
  await page.getByText('Sign In to GitLab (2/2)').waitFor();
  await page.keyboard.press('Escape');
  // The editor's own server redirects the browser to a port on its machine.
  const form = '/-/user_settings/personal_access_tokens/legacy/new?name=Omnia+BuildStreaM&scopes=api';
  assert.equal(pages.length, 2);
  for (const opened of pages) assert.ok(opened.endsWith(form), opened);
  assert.ok(!lab.seen.some(({ path }) => path.includes(token)));
}

/**
 * Stands in for the server's pages, because the lab's server only has an API.
 * @returns the addresses that were opened
 */
async function standIn({ page }: Workbench): Promise<readonly string[]> {
  const opened: string[] = [];
  await page.context().route(/personal_access_tokens/, async (route) => {
    opened.push(route.request().url());
    await route.fulfill({ contentType: 'text/html', body: '<title>Add a personal access token</title>' });
  });
  return opened;
}

/** Performs an action that opens a page of the server, then returns. */
async function visit({ page }: Workbench, leave: () => Promise<void>): Promise<void> {
  const [other] = await Promise.all([page.context().waitForEvent('page', { timeout: openTimeoutMs }), leave()]);
  await other.waitForURL(/personal_access_tokens/);
  await other.close();
}
