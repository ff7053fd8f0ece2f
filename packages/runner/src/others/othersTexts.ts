/** What the user reads about other runs before they agree to a stage, and if it is refused because of them. */
export const othersTexts = {
  none: 'Other runs: none. Checked: {places}.',
  seen: 'Other runs: {what}',
  notKnown: 'Other runs: unknown for {place} ({why}).',
  computer: 'this computer',
  server: 'the management server',
  gitlab: 'GitLab',
  notSignedIn: 'not signed in',
  late: 'no response within {seconds} s',
  run: 'The {stage} stage is running in {project} since {since}, begun by {user} (process {pid}), with {count} of these nodes.',
  runUnknown:
    'The {stage} stage was begun in {project} at {since} by {user} on {host}, with {count} of these nodes. It is unknown here whether it is still running. If it is not, delete {file}.',
  onServer: 'The {stage} stage of the image group {group} is running on the management server.',
  maybeOnServer:
    'The image group {group} is {status} on the management server, and its job cannot be read. Its stages may be running.',
} as const;
