import { phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { Tell } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { BootApi } from './bootApi.ts';
import type { OpenchamiService } from './service.ts';
import type { WantedNode } from './wanted.ts';

interface Asked {
  readonly wanted: readonly WantedNode[];
  readonly tell: Tell | undefined;
  readonly signal: AbortSignal;
}

const mostNamed = 5;

/**
 * Warns about nodes that boot-service does not know yet. It copies nodes from SMD at an interval, five minutes by
 * default, and serves no boot script to unknown nodes (openchami.md section 3): restarting them earlier boots nothing.
 */
export async function tellUnknownNodes(
  service: OpenchamiService,
  { name, nodesPath }: BootApi,
  { wanted, tell, signal }: Asked,
): Promise<void> {
  if (nodesPath === undefined || tell === undefined) return;
  const look = await service.tryLook(nodesPath, signal);
  if (look.kind !== 'json' || !Array.isArray(look.value)) {
    tell('warning', phrase(texts.nodesNotTold, { api: name, path: nodesPath }));
    return;
  }
  const known = new Set(
    look.value.map((one: unknown) => {
      const spec = isJsonObject(one) && isJsonObject(one['spec']) ? one['spec'] : {};
      return normaliseMac(textField(spec, 'bootMac') ?? '');
    }),
  );
  const missing = wanted.filter(({ node }) => !known.has(node.mac)).map(({ node }) => node.hostname);
  if (missing.length === 0) return;
  const names = `${missing.slice(0, mostNamed).join(', ')}${missing.length > mostNamed ? ', …' : ''}`;
  tell('warning', phrase(texts.unknownNodes, { api: name, count: missing.length, names }));
}
