import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { thisMachine, type Machine } from '@omnia-buildstream/runner/machine';
import { clock } from '../platform/clock.ts';

/** This machine with the extension's clock, which tests can move. Requests are limited by the time that BMCs have too. */
export const machine: Machine = { ...thisMachine, clock, limitClock: systemClock };
