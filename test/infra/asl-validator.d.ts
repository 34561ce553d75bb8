declare module 'asl-validator' {
  /** @param definition a state machine in the Amazon States Language */
  export default function validate(definition: unknown): {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
  };
}
