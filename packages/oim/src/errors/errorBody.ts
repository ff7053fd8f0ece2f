import { isJsonObject, wordOf, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { jsonIn, listField, saidField } from '../model/read.ts';

/** The content of an error response, in any of the API's formats (omnia.md section 7). */
export interface ErrorBody {
  /** `INVALID_STATE_TRANSITION`, `token_expired`, …; empty if there is none. */
  readonly code: string;
  /** Readable message; empty if there is none. */
  readonly message: string;
  readonly correlationId: string | undefined;
  /** Whether the response is from the API itself, and not from something in front of it. */
  readonly isApi: boolean;
}

const stranger: ErrorBody = { code: '', message: '', correlationId: undefined, isApi: false };

export function readErrorBody(text: string): ErrorBody {
  const value = jsonIn(text);
  if (!isJsonObject(value)) return stranger;
  const detail = value['detail'];
  if (Array.isArray(detail)) return ofList(value);
  if (typeof detail === 'string') return { code: '', message: detail, correlationId: undefined, isApi: true };
  if (isJsonObject(detail)) return ofObject(detail);
  // Unexpected errors: {"status":"error","message":"An internal server error occurred"}.
  const isOurs = ['error', 'error_code', 'status'].some((name) => saidField(value, name) !== undefined);
  return isOurs ? ofObject(value) : { ...ofObject(value), isApi: false };
}

/** Stages use error and message, signing in uses error and error_description, uploads use error_code and message. */
function ofObject(detail: JsonObject): ErrorBody {
  return {
    code: saidField(detail, 'error_code') ?? saidField(detail, 'error') ?? '',
    message: saidField(detail, 'message') ?? saidField(detail, 'error_description') ?? '',
    correlationId: saidField(detail, 'correlation_id'),
    isApi: true,
  };
}

/** 422: a list of the faults in the request. The `input` that was sent is not repeated, because it may be secret. */
function ofList(value: JsonObject): ErrorBody {
  const faults = listField(value, 'detail').map((fault) => {
    const place = fault['loc'];
    const field = Array.isArray(place) ? (place as readonly unknown[]).map(wordOf).join('.') : '';
    return [field, saidField(fault, 'msg') ?? ''].filter((part) => part !== '').join(': ');
  });
  return { code: '', message: faults.join('; '), correlationId: undefined, isApi: true };
}
