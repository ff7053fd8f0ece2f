import { isJsonObject, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { jsonIn, objectField, saidField } from './read.ts';

/** How a server identifies itself. */
export interface ServerIdentity {
  readonly title: string;
  /** The version of the API, not of Omnia. Empty if the server does not report it. */
  readonly version: string;
  /** Whether it is the BuildStreaM API: its title says so, or it has the path for jobs. */
  readonly isBuildStream: boolean;
}

/** Reads the response to GET /openapi.json; undefined if it is not an OpenAPI description. */
export function readOpenApi(text: string): ServerIdentity | undefined {
  const object = objectOf(text);
  const info = object === undefined ? undefined : objectField(object, 'info');
  if (object === undefined || info === undefined) return undefined;
  const title = saidField(info, 'title') ?? '';
  const paths = Object.keys(objectField(object, 'paths') ?? {});
  const isBuildStream = isName(title) || paths.some((path) => path.endsWith('/api/v1/jobs'));
  return { title, version: saidField(info, 'version') ?? '', isBuildStream };
}

/** Reads the greeting that GET / returns, `Welcome to Build Stream API`; undefined if there is no greeting. */
export function readGreeting(text: string): ServerIdentity | undefined {
  const object = objectOf(text);
  const message = object === undefined ? undefined : saidField(object, 'message');
  if (object === undefined || message === undefined) return undefined;
  const title = message.replace(/^Welcome to /i, '');
  return { title, version: saidField(object, 'version') ?? '', isBuildStream: isName(title) };
}

function isName(title: string): boolean {
  return /build ?strea?m/i.test(title);
}

function objectOf(text: string): JsonObject | undefined {
  const value = jsonIn(text);
  return isJsonObject(value) ? value : undefined;
}
