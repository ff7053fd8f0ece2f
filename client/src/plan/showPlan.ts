import type { CommandContext } from '../commands/commandContext.ts';

/** Shows the plan of the file whose URI a lens passes, otherwise that of the current project. */
export async function showPlan(
  { nodes, plans }: Pick<CommandContext, 'nodes' | 'plans'>,
  given: unknown,
): Promise<void> {
  if (typeof given === 'string') {
    await plans.show(given);
    return;
  }
  const list = await nodes.refresh();
  await plans.show(list?.mappingUri ?? list?.failedUri ?? undefined);
}
