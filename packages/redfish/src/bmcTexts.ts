/** Messages about a BMC; its own messages are not changed. */
export const bmcTexts = {
  notTold: 'the BMC does not report {what}',
  badAddress: 'BMC_IP is not an address',
  rootNeedsLogin: 'the BMC requires credentials for its service root',
  rootNotJson: 'the service root is not JSON',
  noCredentials: 'there are no credentials for this BMC',
  neitherWay: 'it accepts neither its session nor Basic authentication',
  withheldRequest: 'no further request: this BMC refused the credentials before',
  withheldLogin: 'no further login: this BMC refused the credentials before',
  loginRefused: 'the BMC refused user or password ({credentials})',
  refusedElsewhere: 'no login: {count} BMCs refused the credentials ({credentials})',
  notLoggedIn: 'not logged in',
  jobLost: 'its job has no address',
  jobEnded: 'its job ended with {state}',
  resetNotAllowed: '{kind} is not among the resets that it allows ({allowed})',
  unknownOutcome: 'it is unknown whether it was carried out: {why}',
  noResponse: 'no response: {why}',
  notOffered: 'the BMC does not offer this now',
  targetNotAllowed: '{target} is not among the boot targets that it allows ({allowed})',
  noOverride: 'the BMC has no boot override',
  noLifecycle: 'no Lifecycle Controller',
  readinessNotTold: 'this firmware does not report it',
} as const;

/** What is read from a BMC. */
export const readingTexts = {
  systems: 'which systems it manages',
  override: 'boot override',
  resetTarget: 'where to send a reset',
} as const;
