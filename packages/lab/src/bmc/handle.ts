import { isNeighbour } from './neighbours.ts';
import type { LabBmc } from './bmc.ts';
import { errorBody } from './errorBody.ts';
import type { LabAnswer, LabRequest } from './exchange.ts';
import { isPublic } from './protocol.ts';
import { answerTo } from './routes.ts';

/** Carries out a request to a BMC, if the requester is allowed to. */
export function handle(bmc: LabBmc, request: LabRequest): LabAnswer {
  const kind = bmc.kindOf(request.method, request.path);
  if (isNeighbour(request.path) && request.method !== 'GET')
    bmc.record.strays.push(`${request.method} ${request.path}`);
  if (isPublic(request.path) || kind === 'login') return answerTo(bmc, kind, request);
  if (!bmc.auth.isAllowed(request)) {
    const body = errorBody('Base.1.5.AccessDenied', 'The authentication credentials are missing or invalid.');
    return { status: 401, body, headers: { 'www-authenticate': 'Basic realm="RedfishService"' } };
  }
  return answerTo(bmc, kind, request);
}
