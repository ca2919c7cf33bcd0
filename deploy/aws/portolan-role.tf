# A role that may read what `portolan collect` asks for, and nothing else.
#
#   terraform apply -var 'trusted_principal=arn:aws:iam::111122223333:role/security' -var external_id=…
#   portolan collect --role portolan --external-id … --account 444455556666 -o dump

variable "trusted_principal" {
  description = "ARN of the user, role or account root that may assume the role"
  type        = string
}

variable "external_id" {
  description = "Word that has to come with the assumption; empty: none"
  type        = string
  default     = ""
}

variable "role_name" {
  description = "Name of the role; the same in every account that is swept"
  type        = string
  default     = "portolan"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal]
    }
    dynamic "condition" {
      for_each = var.external_id == "" ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "portolan" {
  name                 = var.role_name
  description          = "Read-only: the inventory of the network, for Portolan"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "read" {
  name   = "portolan-collect"
  role   = aws_iam_role.portolan.id
  policy = file("${path.module}/portolan-policy.json")
}

output "role_arn" {
  value = aws_iam_role.portolan.arn
}
