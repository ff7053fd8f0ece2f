import { isJsonObject, textField, type JsonObject } from '../text/jsonFields.ts';

/** Name of the file in the lab's folder. */
export const labConnectionFile = 'lab.json';

/** As the first run of the pipeline stores it in the CI variables of the GitLab project. */
export interface LabApiClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * What the API of a lab does with a job whose tests have passed: `refused`, as it was found to do (no files, no deploy), or
 * `taken-up`, as Omnia's guide tells for nodes that are added with the same image (omnia.md section 7).
 */
export const afterPassedKinds = ['refused', 'taken-up'] as const;
export type AfterPassed = (typeof afterPassedKinds)[number];

/**
 * What the API of a lab has been through when it begins: nothing but its builds, or what the real one had been through when
 * its answers were recorded (docs/lab.md).
 */
export const labPasts = ['none', 'recorded'] as const;
export type LabPast = (typeof labPasts)[number];

/** Whose management server, project and pipelines a lab plays. */
export const labVersions = ['2.2', '2.3'] as const;
export type LabVersion = (typeof labVersions)[number];

/** A server of the lab, and the authority (PEM file) that its certificate is verified against. */
export interface LabServerAccess {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  readonly caFile: string;
}

/**
 * What a front end needs to work with a running lab. The lab writes it for its user alone; the secrets in it open
 * loopback servers only, and end with the lab.
 */
export interface LabConnection {
  /** Undefined: the lab does not say. */
  readonly omnia?: LabVersion;
  readonly gitlab: LabServerAccess & { readonly project: string; readonly username: string; readonly token: string };
  /** The BuildStreaM REST API, and the one client that it allows, when the lab has registered it. */
  readonly api: LabServerAccess & {
    readonly username: string;
    readonly password: string;
    /** Undefined: the lab does not say. */
    readonly afterPassed?: AfterPassed;
    /** Whether it returns the results of single nodes; undefined: the lab does not say. */
    readonly servesArtifacts?: boolean;
    /** Undefined: the lab does not say. */
    readonly past?: LabPast;
  } & Partial<LabApiClient>;
  readonly bmc: { readonly port: number; readonly user: string; readonly password: string; readonly caFile: string };
  /** The loopback networks of this lab, as `ADDRESS/BITS`: of its BMCs and of its nodes. */
  readonly networks: { readonly bmcs: readonly string[]; readonly nodes: readonly string[] };
  /** How booted nodes report, as `buildstream run restart --report` takes it. */
  readonly report: string;
  /** A manifest of the image groups. */
  readonly imagesFile: string;
  /** Where the nodes look for their boot configuration. */
  readonly bootFolder: string;
  /** Names and addresses of the nodes, as in `/etc/hosts`. */
  readonly hostsFile: string;
  /** Where the services of the nodes listen, by the names of `buildstream run validate --port`. */
  readonly ports: Readonly<Record<string, number>>;
  /** Manual work in the machine room: look at nodes, repair them, boot them. */
  readonly control: { readonly url: string; readonly token: string };
}

export type LabConnectionReading =
  | { readonly value: LabConnection; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: LabConnectionProblem };

/** `not-loopback`: it names a server on another machine, which no lab has. */
export type LabConnectionProblem = 'not-json' | 'incomplete' | 'not-loopback';

/** Reads lab.json. Never throws. */
export function readLabConnection(text: string): LabConnectionReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not-json' };
  }
  const connection = isJsonObject(value) ? connectionOf(value) : undefined;
  if (connection === undefined) return { problem: 'incomplete' };
  const { gitlab, api, control } = connection;
  const isOnThisMachine = [gitlab.url, api.url, control.url].every(isLoopback);
  return isOnThisMachine ? { value: connection } : { problem: 'not-loopback' };
}

/** Whether an address of a web server is on this machine. */
export function isLoopback(url: string): boolean {
  const [, host = ''] = /^https?:\/\/(\[[^\]]*\]|[^/:@]*)(?::\d+)?(?:\/.*)?$/.exec(url) ?? [];
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function connectionOf(root: JsonObject): LabConnection | undefined {
  const part = (name: string): JsonObject => {
    const found = root[name];
    return isJsonObject(found) ? found : {};
  };
  const gitlab = texts(part('gitlab'), ['url', 'caFile', 'project', 'username', 'token']);
  const api = texts(part('api'), ['url', 'caFile', 'username', 'password']);
  const bmc = texts(part('bmc'), ['user', 'password', 'caFile']);
  const control = texts(part('control'), ['url', 'token']);
  const networks = networksOf(part('networks'));
  const places = texts(root, ['report', 'imagesFile', 'bootFolder', 'hostsFile']);
  const { port } = part('bmc');
  const isWhole = gitlab !== undefined && api !== undefined && bmc !== undefined && control !== undefined;
  if (!isWhole || typeof port !== 'number' || places === undefined || networks === undefined) return undefined;
  const client = texts(part('api'), ['clientId', 'clientSecret']) ?? {};
  const afterPassed = afterPassedKinds.find((kind) => kind === part('api')['afterPassed']);
  const servesArtifacts = part('api')['servesArtifacts'];
  const past = labPasts.find((one) => one === part('api')['past']);
  const omnia = labVersions.find((version) => version === root['omnia']);
  const ports = Object.entries(part('ports')).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const known = {
    ...(omnia === undefined ? {} : { omnia }),
    gitlab,
    api: {
      ...api,
      ...client,
      ...(afterPassed === undefined ? {} : { afterPassed }),
      ...(typeof servesArtifacts === 'boolean' ? { servesArtifacts } : {}),
      ...(past === undefined ? {} : { past }),
    },
    bmc: { ...bmc, port },
    control,
    networks,
  };
  return { ...known, ...places, ports: Object.fromEntries(ports) };
}

function networksOf({ bmcs, nodes }: JsonObject): LabConnection['networks'] | undefined {
  return isTextList(bmcs) && isTextList(nodes) ? { bmcs, nodes } : undefined;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function texts<K extends string>(object: JsonObject, names: readonly K[]): Readonly<Record<K, string>> | undefined {
  const entries = names.map((name) => [name, textField(object, name)] as const);
  if (entries.some(([, value]) => value === undefined || value === '')) return undefined;
  return Object.fromEntries(entries) as Record<K, string>;
}
