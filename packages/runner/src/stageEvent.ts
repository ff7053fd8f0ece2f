import type { DeployEvent } from '@omnia-buildstream/engine/deploy/events';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import type { OimStageEvent } from '@omnia-buildstream/oim/events';

/** The events of any stage, whichever backend runs it. Front ends show these and nothing else. */
export type StageEvent = DeployEvent | RestartEvent | ValidateEvent | OimStageEvent;
