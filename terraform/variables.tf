variable "folder" {
  description = "The folder that `powerdial template -o` wrote: template.json and stages.zip. The functions that may be tuned, and everything else that can be set, are said there."
  type        = string
}

variable "bucket" {
  description = "Name of a bucket in the region that the tuner is deployed to, for its code and its template."
  type        = string
}

variable "key_prefix" {
  description = "What the keys of both objects in the bucket begin with."
  type        = string
  default     = "powerdial/"
}

variable "stack_name" {
  description = "Name of the CloudFormation stack."
  type        = string
  default     = "powerdial"
}

variable "tags" {
  description = "Tags of the stack, which CloudFormation puts on everything in it."
  type        = map(string)
  default     = {}
}
