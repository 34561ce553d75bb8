output "state_machine_arn" {
  description = "The workflow: `powerdial tune --state-machine <this> <function>`."
  value       = aws_cloudformation_stack.tuner.outputs["StateMachineArn"]
}

output "check_state_machine_arn" {
  description = "The workflow of checks, null where the template leaves it out."
  value       = lookup(aws_cloudformation_stack.tuner.outputs, "CheckStateMachineArn", null)
}

output "results_bucket" {
  description = "Where results are kept, as JSON."
  value       = aws_cloudformation_stack.tuner.outputs["ResultsBucket"]
}

output "clean_up_alarm" {
  description = "Name of the alarm that rings when a function could not be put back after a run that died."
  value       = aws_cloudformation_stack.tuner.outputs["CleanUpAlarm"]
}
