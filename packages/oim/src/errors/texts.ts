/** What the API did not do, and what helps. What it says itself is in `{said}`. */
export const errorTexts = {
  refused: 'The BuildStreaM API refused {what} ({status}).',
  refusedSaying: 'The BuildStreaM API refused {what} ({status}, {said}).',
  tls: "{what}: {cause}. Give the authority's certificate, or pin the fingerprint after comparing it.",
  badAnswer: '{what}: {cause}. Check the address of the API.',
  noAnswer:
    'The BuildStreaM API does not answer {what} ({cause}). Check the address, and that the API runs on the management server.',
  noJson: 'The answer to {what} is not the JSON that the API promises.',
  endless: 'The pages of {what} do not end.',
  lacks: 'The answer to {what} has no {name}.',
  checkAddress: "Check that the address is the BuildStreaM API's and not another server's.",
  lostRegistration:
    'The answer to {what} was lost. Try once more: if the API then says max_clients_reached, the client was registered and its secret is lost; have it removed on the management server.',
} as const;
