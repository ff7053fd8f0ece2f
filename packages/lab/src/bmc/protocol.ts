import { errorBody } from './errorBody.ts';
import type { LabAnswer, LabRequest } from './exchange.ts';
import { clearJobsOf, isSessions, serviceRoot, type LabPaths } from './paths.ts';

/** What Redfish requires of every response, whatever the resource (DSP0266 sections 6 and 7). */

/** Whether the path is accessible without credentials. */
export function isPublic(path: string): boolean {
  return ['/redfish', serviceRoot, `${serviceRoot}/odata`, `${serviceRoot}/$metadata`].includes(path);
}

/** The methods that a resource supports. */
export function methodsOf(path: string, paths: LabPaths, takesOverrideAt: string): readonly string[] {
  if (path === paths.reset || path === paths.managerReset || path === clearJobsOf(paths)) return ['POST'];
  if (path.startsWith(`${String(paths.lifecycle)}/Actions/`)) return ['POST'];
  if (isSessions(path)) return ['GET', 'HEAD', 'POST'];
  if (isSessions(path.slice(0, path.lastIndexOf('/')))) return ['GET', 'HEAD', 'DELETE'];
  return path === takesOverrideAt ? ['GET', 'HEAD', 'PATCH'] : ['GET', 'HEAD'];
}

/** The refusal of a request whose content has not been read yet. Undefined if the request may continue. */
export function refusalOf(
  { method, isJson, odataVersion }: LabRequest,
  methods: readonly string[],
): LabAnswer | undefined {
  if (odataVersion !== undefined && odataVersion !== '4.0') {
    const text = `The OData version ${odataVersion} is not supported.`;
    return { status: 412, body: errorBody('Base.1.5.PreconditionFailed', text) };
  }
  if (!methods.includes(method)) {
    const body = errorBody('Base.1.5.OperationNotAllowed', 'The operation is not allowed on this resource.');
    return { status: 405, body, headers: { allow: methods.join(', ') } };
  }
  if ((method === 'POST' || method === 'PATCH') && !isJson) {
    return { status: 415, body: errorBody('Base.1.5.UnsupportedMediaType', 'The content type must be JSON.') };
  }
  return undefined;
}

/** The headers of a resource that was read: its methods, its schema, and that it must not be cached. */
export function readHeaders(body: unknown, methods: readonly string[]): Readonly<Record<string, string>> {
  const type = typeof body === 'object' && body !== null && '@odata.type' in body ? body['@odata.type'] : undefined;
  const schema = typeof type === 'string' ? /^#(\w+)\./.exec(type)?.[1] : undefined;
  const link =
    schema === undefined ? {} : { link: `<http://redfish.dmtf.org/schemas/v1/${schema}.json>; rel=describedby` };
  return { allow: methods.join(', '), 'cache-control': 'no-cache', ...link };
}

const schemas = ['ServiceRoot', 'ComputerSystemCollection', 'ComputerSystem', 'BootOption', 'ManagerCollection'].concat(
  ['Manager', 'SessionService', 'Session', 'AccountService', 'RoleCollection', 'Role'],
);

/** `$metadata`: the schemas that the service uses (DSP0266, "OData metadata"). */
export function metadata(): string {
  const references = schemas.map(
    (name) =>
      `  <edmx:Reference Uri="http://redfish.dmtf.org/schemas/v1/${name}_v1.xml"><edmx:Include Namespace="${name}"/></edmx:Reference>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
${references.join('\n')}
  <edmx:DataServices>
    <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Service">
      <EntityContainer Name="Service" Extends="ServiceRoot.v1_6_0.ServiceContainer"/>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;
}

/** `odata`: the top level of the service as OData lists it. */
export function serviceDocument(names: readonly string[]): unknown {
  const value = names.map((name) => ({ name, kind: 'Singleton', url: `${serviceRoot}/${name}` }));
  return {
    '@odata.context': `${serviceRoot}/$metadata`,
    value: [{ name: 'Service', kind: 'Singleton', url: `${serviceRoot}/` }, ...value],
  };
}
