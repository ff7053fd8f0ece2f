/** The first GitLab version whose form for a token with scopes has its own address (gitlab.md section 4). */
const ownForm = { major: 18, minor: 11 };

/**
 * Whether a GitLab version has that form. @param version for example "18.11.2-ee"; the result is undefined for an
 * invalid one
 */
export function hasOwnTokenForm(version: string): boolean | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return Number(major) > ownForm.major || (Number(major) === ownForm.major && Number(minor) >= ownForm.minor);
}

/** Where a user creates a token, with name and scope filled in. @param server its address, without a trailing slash */
export function tokenPage(server: string, hasOwnForm: boolean): string {
  const page = new URL(`${server}/-/user_settings/personal_access_tokens${hasOwnForm ? '/legacy/new' : ''}`);
  page.searchParams.set('name', 'Omnia BuildStreaM');
  page.searchParams.set('scopes', 'api');
  return page.href;
}
