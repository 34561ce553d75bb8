import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PowerTuner } from '../../infra/power-tuner.ts';
import type { PowerTunerProps } from '../../infra/power-tuner-props.ts';
import { STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import { newApp } from './new-app.ts';
import { resolveReferences, type Place, type Resources } from './resolve-references.ts';

/** One statement of a policy, its references replaced by what CloudFormation would put there. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

export const HERE: Place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };

/** What is deployed, as far as its template tells. */
export class SynthesizedStack {
  readonly #resources: Resources;
  readonly #place: Place;

  constructor(make: (stack: Stack) => void, place: Place = HERE) {
    const stack = new Stack(newApp(), 'Test');
    make(stack);
    this.#resources = Template.fromStack(stack).toJSON()['Resources'] as Resources;
    this.#place = place;
  }

  /** Every resource, or every one of a type, its references replaced. */
  all(type?: string): readonly Readonly<Record<string, unknown>>[] {
    return Object.values(this.#resources)
      .filter((each) => type === undefined || each.Type === type)
      .map((each) => this.#resolved(each.Properties) as Readonly<Record<string, unknown>>);
  }

  /** The one resource of a type. */
  only(type: string): Readonly<Record<string, unknown>> {
    const [first, ...more] = this.all(type);
    if (first === undefined || more.length > 0) throw new Error(`wanted one ${type}`);
    return first;
  }

  functionOf(stage: string): Readonly<Record<string, unknown>> {
    const found = this.all('AWS::Lambda::Function').find((each) => {
      const { Variables } = each['Environment'] as { Variables: Record<string, string> };
      return Variables[STAGE_VARIABLE] === stage;
    });
    if (found === undefined) throw new Error(`wanted a function for ${stage}`);
    return found;
  }

  /** What the role of a stage may do. */
  statementsOf(stage: string): readonly Statement[] {
    return this.#statementsOfRole(this.functionOf(stage)['Role']);
  }

  /** What the role of the state machine may do. */
  statementsOfWorkflow(): readonly Statement[] {
    return this.#statementsOfRole(this.only('AWS::StepFunctions::StateMachine')['RoleArn']);
  }

  #statementsOfRole(roleArn: unknown): readonly Statement[] {
    return this.all('AWS::IAM::Policy')
      .filter((policy) =>
        (policy['Roles'] as readonly string[]).some((role) => String(roleArn).endsWith(`/${role}`)),
      )
      .flatMap((policy) => (policy['PolicyDocument'] as { Statement: unknown[] }).Statement)
      .map((each) => {
        const { Action, Resource, Condition } = each as Readonly<Record<string, unknown>>;
        return { actions: listOf(Action), resources: listOf(Resource), condition: Condition };
      });
  }

  #resolved(value: unknown): unknown {
    return resolveReferences(value, this.#resources, this.#place);
  }
}

/** A deployed tuner. */
export class Synthesized extends SynthesizedStack {
  constructor(
    propsOf: PowerTunerProps | ((stack: Stack) => PowerTunerProps) = {},
    options: {
      readonly place?: Place;
      /** What else is done with the tuner. */
      readonly then?: (tuner: PowerTuner, stack: Stack) => void;
    } = {},
  ) {
    super((stack) => {
      const props = typeof propsOf === 'function' ? propsOf(stack) : propsOf;
      const tuner = new PowerTuner(stack, 'Tuner', props);
      options.then?.(tuner, stack);
    }, options.place);
  }
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]) as readonly string[];
}
