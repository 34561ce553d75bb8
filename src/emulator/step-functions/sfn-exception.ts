import { ServiceError } from '../services/service-error.ts';

/** The namespaces in which Step Functions' front and its service name their errors. */
const SERVICE = 'com.amazonaws.swf.service.v2.model';
const FRONT = 'com.amazon.coral.validate';
const TRANSPORT = 'com.amazon.coral.service';

/**
 * An answer other than success, named as in Step Functions' API model. The texts are those that AWS
 * prints (recorded from the service by the snapshot tests of LocalStack and moto, 2023–2024); texts of
 * our own say so by naming the embedded endpoint.
 */
export class SfnException extends ServiceError {
  readonly namespace: string;

  constructor(code: string, message: string, namespace = SERVICE) {
    super(400, code, message);
    this.namespace = namespace;
  }
}

export function invalidArn(why: string): SfnException {
  return new SfnException('InvalidArn', `Invalid Arn: '${why}'`);
}

export function invalidName(name: string): SfnException {
  return new SfnException('InvalidName', `Invalid Name: '${name}'`);
}

export function invalidToken(): SfnException {
  return new SfnException('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function invalidInput(why: string): SfnException {
  return new SfnException(
    'InvalidExecutionInput',
    `Invalid State Machine Execution Input: '${why}'`,
  );
}

export function machineNotFound(arn: string): SfnException {
  return new SfnException('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function executionNotFound(arn: string): SfnException {
  return new SfnException('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

export function executionExists(arn: string): SfnException {
  return new SfnException('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}

export function resourceNotFound(arn: string): SfnException {
  return new SfnException('ResourceNotFound', `Resource not found: '${arn}'`);
}

/** Tells what the front of the API refuses before the service sees it: one constraint of the API model. */
export function constraint(member: string, value: string, rule: string): SfnException {
  const quoted = value === 'null' ? value : `'${value}'`;
  return new SfnException(
    'ValidationException',
    `1 validation error detected: Value ${quoted} at '${member}' failed to satisfy constraint: ${rule}`,
    FRONT,
  );
}

export function serialization(message: string): SfnException {
  return new SfnException('SerializationException', message, TRANSPORT);
}

export function unknownOperation(message: string): SfnException {
  return new SfnException('UnknownOperationException', message, TRANSPORT);
}
