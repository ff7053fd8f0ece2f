import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { RequestKind } from '../faults/fault.ts';
import { accountResource } from './accounts.ts';
import type { LabBmc } from './bmc.ts';
import { bootOptionResource } from './bootOptions.ts';
import { changeBoot, successBody } from './changeBoot.ts';
import { errorBody } from './errorBody.ts';
import type { LabAnswer, LabRequest } from './exchange.ts';
import { isSessions } from './paths.ts';
import { neighbourResource } from './neighbours.ts';
import { jobServiceResource } from './jobs.ts';
import { actionInfoResource, managerNicResource, nicResource } from './nics.ts';
import type { ResetType } from './power.ts';
import { metadata, methodsOf, readHeaders, refusalOf, serviceDocument } from './protocol.ts';
import * as resources from './resources.ts';

const basicWanted = { 'www-authenticate': 'Basic realm="RedfishService"' };

const notFound: LabAnswer = {
  status: 404,
  body: errorBody('Base.1.5.ResourceMissingAtURI', 'The resource at the URI was not found.'),
};

/** One function for each kind of request. */
const handlers: Readonly<Record<RequestKind, (bmc: LabBmc, request: LabRequest) => LabAnswer>> = {
  root: ({ node, paths }) => ok(resources.rootOf(node, paths)),
  login,
  logout: (bmc, { path }) => {
    return bmc.auth.sessions.close(path.slice(path.lastIndexOf('/') + 1)) ? { status: 204 } : notFound;
  },
  systems: ({ node, paths }) => ok(resources.systemsOf(node, paths)),
  system: readSystem,
  settings: (bmc) => {
    if (bmc.overridePath !== bmc.paths.settings) return notFound;
    return withEtag(resources.settingsOf(bmc.paths, bmc.boot, bmc.etag, bmc.node.faults.manner), bmc);
  },
  manager: ({ node, paths }, { path }) => {
    return ok(path === paths.manager ? resources.managerOf(node, paths) : resources.managersOf(paths));
  },
  lifecycle: readLifecycle,
  boot: (bmc, request) => whenReady(bmc, () => changeBoot(bmc, request)),
  reset: (bmc, request) => whenReady(bmc, () => reset(bmc, request)),
  recovery: recover,
  job: ({ jobs, paths }, { path }) => {
    if (path === paths.jobs) return ok(jobs.list());
    const job = jobs.get(path.slice(path.lastIndexOf('/') + 1));
    return job === undefined ? notFound : ok(job);
  },
  other: readOther,
};

/** Responds to a request: checks the rules of the protocol, and adds its headers to the resource's response. */
export function answerTo(bmc: LabBmc, kind: RequestKind, request: LabRequest): LabAnswer {
  const { path, method } = request;
  const methods = methodsOf(path, bmc.paths, bmc.overridePath);
  const refused = refusalOf(request, methods);
  if (refused !== undefined) return refused;
  const answer = fixedAnswer(path) ?? handlers[kind](bmc, request);
  if (answer.status !== 200 || (method !== 'GET' && method !== 'HEAD')) return answer;
  return { ...answer, headers: { ...readHeaders(answer.body, methods), ...answer.headers } };
}

/** Responses that are the same on every BMC. */
function fixedAnswer(path: string): LabAnswer | undefined {
  switch (path) {
    case '/redfish':
      return ok({ v1: '/redfish/v1/' });
    case '/redfish/v1/odata':
      return ok(serviceDocument(['Systems', 'Managers', 'AccountService', 'SessionService']));
    case '/redfish/v1/$metadata':
      return { status: 200, body: metadata(), headers: { 'content-type': 'application/xml;charset=utf-8' } };
    default:
      return undefined;
  }
}

function ok(body: unknown): LabAnswer {
  return { status: 200, body };
}

function withEtag(body: unknown, { etag }: LabBmc): LabAnswer {
  return etag === undefined ? ok(body) : { status: 200, body, headers: { etag } };
}

function login(bmc: LabBmc, { body, path }: LabRequest): LabAnswer {
  if (bmc.node.faults.noSessions === true) return notFound;
  if (bmc.node.faults.manner?.sessions === 'refused') return { status: 401, headers: basicWanted };
  const user = isJsonObject(body) ? textField(body, 'UserName') : undefined;
  const password = isJsonObject(body) ? textField(body, 'Password') : undefined;
  const session = bmc.auth.login(user ?? '', password ?? '');
  if (session === 'refused') {
    const text = 'Unable to create a session: the user name or the password is wrong.';
    return { status: 401, body: errorBody('Base.1.5.ResourceAtUriUnauthorized', text) };
  }
  if (session === 'full') {
    const text = 'The maximum number of user sessions is reached.';
    return { status: 503, body: errorBody('IDRAC.2.8.RAC0218', text) };
  }
  const location = `${path}/${session.id}`;
  const headers = { location, 'x-auth-token': session.token };
  return { status: 201, body: resources.sessionOf(location, session.user), headers };
}

function readSystem(bmc: LabBmc): LabAnswer {
  const { node, power, boot, etag, isRunning } = bmc;
  const tellsReset = node.generation === 'idrac9' || node.generation === 'idrac10';
  const lastReset = tellsReset ? new Date(power.lastResetMs).toISOString().replace(/\.\d+Z$/, '+00:00') : undefined;
  const shown = node.faults.manner?.overrideAt === 'settings' ? bmc.restingBoot : boot;
  const facts = { power: power.state, boot: shown, lastReset, etag, isRunning, resets: bmc.resetTypes };
  const body = resources.systemOf(node, bmc.paths, facts);
  return etag === undefined ? ok(body) : { status: 200, body, headers: { etag } };
}

function isReadyNow({ node, settings, startMs }: LabBmc): boolean {
  return settings.clock.now() - startMs >= (node.faults.notReadyMs ?? 0);
}

/** An iDRAC 8 links to no resource that shows whether it is ready; it refuses requests that come too early. */
function whenReady(bmc: LabBmc, order: () => LabAnswer): LabAnswer {
  if (bmc.settings.clock.now() - bmc.startMs < (bmc.node.faults.manner?.inPostMs ?? 0)) {
    const post = 'The operation is not possible while the server is in POST.';
    return { status: 400, body: errorBody('iLO.2.14.UnableToModifyDuringSystemPOST', post) };
  }
  if (bmc.node.generation !== 'idrac8' || isReadyNow(bmc)) return order();
  const text = 'iDRAC is not ready. The configuration values cannot be accessed.';
  return { status: 503, body: errorBody('IDRAC.1.6.SYS518', text) };
}

function readLifecycle(bmc: LabBmc): LabAnswer {
  if (bmc.paths.lifecycle === undefined) return notFound;
  if (bmc.settings.clock.now() < bmc.inScreensUntilMs) {
    return ok({ LCStatus: 'InUse', RTStatus: 'NotReady', ServerStatus: 'InLifecycleController', Status: 'NotReady' });
  }
  const isReady = isReadyNow(bmc);
  return ok({
    LCStatus: isReady ? 'Ready' : 'NotInitialized',
    RTStatus: isReady ? 'Ready' : 'NotReady',
    ServerStatus: bmc.isRunning ? 'OutOfPOST' : 'InPOST',
    Status: isReady ? 'Ready' : 'NotReady',
  });
}

function reset(bmc: LabBmc, { body }: LabRequest): LabAnswer {
  const wanted = isJsonObject(body) ? textField(body, 'ResetType') : undefined;
  const type = bmc.resetTypes.find((known) => known === wanted);
  if (type === undefined) {
    return notInList(wanted ?? '', 'ResetType');
  }
  const isCarriedOut = !isTooEarly(bmc, type) && bmc.power.reset(type);
  bmc.record.resets.push({ type, isCarriedOut });
  if (isCarriedOut) {
    bmc.generation++;
    return { status: 204 };
  }
  const text = `The reset ${type} is in conflict with the power state of the server.`;
  return { status: 409, body: errorBody('Base.1.5.ActionParameterValueConflict', text) };
}

/** iDRAC 10 refuses On for a while after power off (redfish.md section 4); here for the off time of a restart. */
function isTooEarly({ node, power, settings }: LabBmc, type: ResetType): boolean {
  const sinceOffMs = settings.clock.now() - power.lastOffMs;
  return node.generation === 'idrac10' && type === 'On' && sinceOffMs < settings.power.offMs;
}

/** Restarts the BMC, which ends its sessions, or clears its job queue. */
function recover(bmc: LabBmc, { path, body }: LabRequest): LabAnswer {
  const value = (name: string): string => (isJsonObject(body) ? (textField(body, name) ?? '') : '');
  if (path === bmc.paths.managerReset) {
    const type = bmc.node.generation === 'plain' ? 'ForceRestart' : 'GracefulRestart';
    if (value('ResetType') !== type) return notInList(value('ResetType'), 'ResetType');
    bmc.record.recoveries.push('restart-bmc');
    bmc.auth.sessions.forget();
    return { status: 204 };
  }
  if (!value('JobID').startsWith('JID_CLEARALL')) return notInList(value('JobID'), 'JobID');
  bmc.record.recoveries.push('clear-jobs');
  bmc.jobs.clear();
  return { status: 200, body: successBody };
}

function notInList(value: string, name: string): LabAnswer {
  const text = `The value ${value} for the parameter ${name} is not in the list of acceptable values.`;
  return { status: 400, body: errorBody('Base.1.5.ActionParameterValueNotInList', text) };
}

function readOther(bmc: LabBmc, { path }: LabRequest): LabAnswer {
  const { node, paths, settings } = bmc;
  const found =
    accountResource(path, settings.user) ??
    nicResource(path, paths.system, node) ??
    managerNicResource(path, paths.manager, node) ??
    jobServiceResource(path, paths) ??
    neighbourResource(path, node) ??
    actionInfoResource(path, paths, bmc.resetTypes) ??
    (node.generation === 'plain' ? undefined : bootOptionResource(path, paths.system, node)) ??
    (node.faults.twoSystems === true && path === resources.baseboardPath ? resources.baseboardOf(node) : undefined);
  if (found !== undefined) return ok(found);
  if (node.faults.noSessions === true) return notFound;
  const sessions = bmc.auth.sessions.list();
  if (path === '/redfish/v1/SessionService') {
    return ok(resources.sessionServiceOf(bmc.paths, bmc.settings.sessionTimeoutMs));
  }
  if (isSessions(path)) {
    return ok(
      resources.sessionsOf(
        path,
        sessions.map(({ id }) => id),
      ),
    );
  }
  const session = sessions.find(({ id }) => path.endsWith(`/Sessions/${id}`));
  return session === undefined ? notFound : ok(resources.sessionOf(path, session.user));
}
