/** Failures on the way to a server, as parts of sentences. */
export const transportTexts = {
  noConnection: 'no connection ({code})',
  noTls: 'no TLS connection ({code})',
  notHttp: 'the response is not HTTP ({code})',
  broken: 'the connection broke ({code})',
  late: 'no response within {ms} ms',
  tooLarge: 'the response is too large',
  notPacked: 'the response cannot be decompressed',
  elsewhere: 'the server redirects {path} to another server, which is not followed',
  notSendable: 'the request cannot be sent ({code})',
} as const;
