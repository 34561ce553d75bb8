import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparable, differences } from './comparable.ts';
import { Engine } from './engine.ts';
import { motoStates } from './moto-engine.ts';
import { describeWithMoto } from './moto.ts';
import { playerStates } from './player-engine.ts';
import { SCENARIOS } from './scenarios.ts';

describeWithMoto('both workflows in an interpreter that nobody here wrote', () => {
  let moto: Engine;
  let player: Engine;

  beforeAll(async () => {
    [moto, player] = await Promise.all([
      Engine.start(SCENARIOS, motoStates),
      Engine.start(SCENARIOS, playerStates),
    ]);
  });

  afterAll(async () => {
    await Promise.all([moto.close(), player.close()]);
  });

  test.each(Object.entries(SCENARIOS))(
    'moto and the player make the same of the run "%s", and leave the target alike',
    async (title, scenario) => {
      const [theirs, ours] = await Promise.all([
        moto.play(title, scenario),
        player.play(title, scenario),
      ]);
      const ended = [ours.status, ours.error ?? ''].join(' ').trim();
      expect(ended.slice(0, scenario.ends.length), ended).toBe(scenario.ends);
      const [there, here] = [theirs, ours].map((played) => comparable(played, scenario));
      expect(differences(there, here)).toEqual([]);
      expect(theirs.ruled?.filter((answer) => answer !== 'ok') ?? []).toEqual([]);
      if (scenario.changes !== true) expect(differences(theirs.after, theirs.before)).toEqual([]);
    },
  );
});
