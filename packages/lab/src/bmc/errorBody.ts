/** An error body as an iDRAC writes it (DSP0266, "Error responses"). */
export function errorBody(messageId: string, message: string): unknown {
  return {
    error: {
      '@Message.ExtendedInfo': [
        {
          Message: message,
          MessageArgs: [],
          'MessageArgs@odata.count': 0,
          MessageId: messageId,
          RelatedProperties: [],
          'RelatedProperties@odata.count': 0,
          Resolution: 'See the message.',
          Severity: 'Warning',
        },
      ],
      code: messageId.startsWith('Base.') ? 'Base.1.5.GeneralError' : messageId,
      message: 'A general error has occurred. See ExtendedInfo for more information.',
    },
  };
}
