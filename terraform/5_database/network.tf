# The Data API comes to the cluster from inside AWS, so that nothing in the network has to reach it: a group without a
# rule, in or out.

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

resource "aws_db_subnet_group" "aurora" {
  name        = "alex-aurora-subnet-group"
  description = "The default network's subnets"
  subnet_ids  = data.aws_subnets.default.ids
}

resource "aws_security_group" "aurora" {
  name        = "alex-aurora-sg"
  description = "Nothing in, nothing out: the Data API needs neither"
  vpc_id      = data.aws_vpc.default.id
}
