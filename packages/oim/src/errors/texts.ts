/** What the API did not do, and what helps. `{said}` is the API's own message. */
export const errorTexts = {
  refused: 'The BuildStreaM API refused {what} ({status}).',
  refusedSaying: 'The BuildStreaM API refused {what} ({status}, {said}).',
  failed: 'The BuildStreaM API failed on {what} ({status}).',
  failedSaying: 'The BuildStreaM API failed on {what} ({status}, {said}).',
  tls: "{what}: {cause}. Provide the authority's certificate, or compare the fingerprint and pin it.",
  badAnswer: '{what}: {cause}. Check the address of the API.',
  noAnswer:
    'The BuildStreaM API is not responding to {what} ({cause}). Check the address, and that the API is running on the management server.',
  noJson: 'The response to {what} is not the JSON that the API documents.',
  endless: '{what} returns an endless list.',
  lacks: 'The response to {what} has no {name}.',
  checkAddress: "Check that the address is the BuildStreaM API's and not another server's.",
  lostRegistration:
    'The response to {what} was lost. Try again: if the API then returns max_clients_reached, the client was registered and its secret is lost; remove it on the management server.',
  badClientId: 'The client ID does not begin with bld_. Nothing was sent.',
  secretAsId: 'The client ID is a client secret: it begins with bld_s_. Enter the ID there. Nothing was sent.',
  badClientSecret: 'The client secret does not begin with bld_s_. Nothing was sent.',
  badJobId: "'{id}' is not a job ID: it is a UUID, such as 018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10. Nothing was sent.",
  badGroupId: 'The name of an image group has 1 to 128 characters. Nothing was sent.',
} as const;
