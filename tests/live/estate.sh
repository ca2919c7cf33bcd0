#!/usr/bin/env bash
# Builds an estate through the API at $AWS_ENDPOINT_URL, with the AWS CLI: something of each kind that is collected and
# that moto knows. A second account and two more regions get a little of it.
set -euo pipefail
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" --output json --no-cli-pager "$@"; }
text() { aws "$@" --output text; }
quiet() { aws "$@" >/dev/null; }

role=arn:aws:iam::123456789012:role/read
anybody='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}'

# A VPC with its group, in the region of the environment.
vpc=$(text ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId)
subnet_a=$(text ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.1.0/24 --availability-zone "${AWS_DEFAULT_REGION}a" --query Subnet.SubnetId)
subnet_b=$(text ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.2.0/24 --availability-zone "${AWS_DEFAULT_REGION}b" --query Subnet.SubnetId)
group=$(text ec2 create-security-group --group-name web --description 'a <b> & "c"' --vpc-id "$vpc" --query GroupId)
quiet ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 22 --cidr 0.0.0.0/0
[ "${1:-whole}" = whole ] || exit 0

# Identity comes first: others name the role.
quiet iam create-role --role-name read --assume-role-policy-document "$anybody"
quiet iam create-user --user-name ann
aws iam put-user-policy --user-name ann --policy-name p --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}'

# EC2: what routes, filters and connects.
gateway=$(text ec2 create-internet-gateway --query InternetGateway.InternetGatewayId)
aws ec2 attach-internet-gateway --internet-gateway-id "$gateway" --vpc-id "$vpc"
table=$(text ec2 create-route-table --vpc-id "$vpc" --query RouteTable.RouteTableId)
quiet ec2 create-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0 --gateway-id "$gateway"
quiet ec2 associate-route-table --route-table-id "$table" --subnet-id "$subnet_a"
acl=$(text ec2 create-network-acl --vpc-id "$vpc" --query NetworkAcl.NetworkAclId)
quiet ec2 create-network-acl-entry --network-acl-id "$acl" --rule-number 100 --protocol 6 --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow --ingress
quiet ec2 create-egress-only-internet-gateway --vpc-id "$vpc"
quiet ec2 create-nat-gateway --subnet-id "$subnet_a" --connectivity-type private
other_vpc=$(text ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId)
peering=$(text ec2 create-vpc-peering-connection --vpc-id "$vpc" --peer-vpc-id "$other_vpc" --query VpcPeeringConnection.VpcPeeringConnectionId)
quiet ec2 accept-vpc-peering-connection --vpc-peering-connection-id "$peering"
vpn_gateway=$(text ec2 create-vpn-gateway --type ipsec.1 --query VpnGateway.VpnGatewayId)
quiet ec2 attach-vpn-gateway --vpn-gateway-id "$vpn_gateway" --vpc-id "$vpc"
customer=$(text ec2 create-customer-gateway --type ipsec.1 --public-ip 203.0.113.5 --bgp-asn 65000 --query CustomerGateway.CustomerGatewayId)
quiet ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id "$customer" --vpn-gateway-id "$vpn_gateway"
transit=$(text ec2 create-transit-gateway --query TransitGateway.TransitGatewayId)
quiet ec2 create-transit-gateway-vpc-attachment --transit-gateway-id "$transit" --vpc-id "$vpc" --subnet-ids "$subnet_a"
transit_table=$(text ec2 create-transit-gateway-route-table --transit-gateway-id "$transit" --query TransitGatewayRouteTable.TransitGatewayRouteTableId)
quiet ec2 create-transit-gateway-route --transit-gateway-route-table-id "$transit_table" --destination-cidr-block 10.9.0.0/16 --blackhole
quiet ec2 create-managed-prefix-list --prefix-list-name office --max-entries 3 --address-family IPv4 --entries Cidr=192.0.2.0/24,Description=o
quiet ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id "$vpc" --service-name "com.amazonaws.$AWS_DEFAULT_REGION.s3" --route-table-ids "$table"
quiet s3api create-bucket --bucket logs --create-bucket-configuration "LocationConstraint=$AWS_DEFAULT_REGION"
quiet ec2 create-flow-logs --resource-ids "$vpc" --resource-type VPC --traffic-type ALL --log-destination-type s3 --log-destination arn:aws:s3:::logs

# EC2: what runs.
quiet ec2 run-instances --image-id ami-12c6146b --count 1 --subnet-id "$subnet_a" --security-group-ids "$group" --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web-1}]'
quiet ec2 create-network-interface --subnet-id "$subnet_a" --groups "$group"
quiet ec2 allocate-address --domain vpc
quiet ec2 create-launch-template --launch-template-name spare --launch-template-data "{\"ImageId\":\"ami-12c6146b\",\"SecurityGroupIds\":[\"$group\"],\"MetadataOptions\":{\"HttpTokens\":\"required\"}}"
aws autoscaling create-launch-configuration --launch-configuration-name old --image-id ami-12c6146b --instance-type t3.micro --security-groups "$group"
aws autoscaling create-auto-scaling-group --auto-scaling-group-name crowd --launch-configuration-name old --min-size 0 --max-size 1 --vpc-zone-identifier "$subnet_a"

# Load balancers of both generations.
quiet elb create-load-balancer --load-balancer-name old --listeners Protocol=HTTP,LoadBalancerPort=80,InstanceProtocol=HTTP,InstancePort=80 --subnets "$subnet_a" --security-groups "$group"
balancer=$(text elbv2 create-load-balancer --name shop --scheme internet-facing --subnets "$subnet_a" "$subnet_b" --security-groups "$group" --query 'LoadBalancers[0].LoadBalancerArn')
targets=$(text elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id "$vpc" --query "TargetGroups[0].TargetGroupArn")
quiet elbv2 create-listener --load-balancer-arn "$balancer" --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn="$targets"
quiet wafv2 create-web-acl --name guard --scope REGIONAL --default-action 'Allow={}' --visibility-config SampledRequestsEnabled=false,CloudWatchMetricsEnabled=false,MetricName=m

# Services that attach groups.
quiet rds create-db-subnet-group --db-subnet-group-name d --db-subnet-group-description d --subnet-ids "$subnet_a" "$subnet_b"
quiet rds create-db-instance --db-instance-identifier db1 --db-instance-class db.t3.micro --engine postgres --db-subnet-group-name d --vpc-security-group-ids "$group" --allocated-storage 20 --master-username a --master-user-password abcdefgh1
quiet rds create-db-cluster --db-cluster-identifier dbc --engine aurora-postgresql --master-username adm --master-user-password abcdefgh1
quiet redshift create-cluster --cluster-identifier rs --node-type ra3.large --master-username a --master-user-password Abcdefgh1
quiet elasticache create-cache-cluster --cache-cluster-id c1 --engine redis --cache-node-type cache.t3.micro --num-cache-nodes 1
quiet memorydb create-cluster --cluster-name memory --node-type db.t4g.small --acl-name open-access
quiet dax create-cluster --cluster-name quick --node-type dax.t3.small --replication-factor 1 --iam-role-arn "$role"
quiet kafka create-cluster-v2 --cluster-name stream --serverless "{\"VpcConfigs\":[{\"SubnetIds\":[\"$subnet_a\"],\"SecurityGroupIds\":[\"$group\"]}]}"
quiet mq create-broker --broker-name queue --engine-type ActiveMQ --engine-version 5.15 --host-instance-type mq.t2.micro --deployment-mode SINGLE_INSTANCE --no-publicly-accessible --auto-minor-version-upgrade --users Username=a,Password=abcdefghijkl
quiet opensearch create-domain --domain-name logs
files=$(text efs create-file-system --query FileSystemId)
quiet efs create-mount-target --file-system-id "$files" --subnet-id "$subnet_a" --security-groups "$group"
code=$(mktemp -d)
python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").writestr("f.py", "def f(event, context): pass")' "$code/f.zip"
quiet lambda create-function --function-name run --runtime python3.11 --role "$role" --handler f.f --zip-file "fileb://$code/f.zip" --vpc-config "SubnetIds=$subnet_a,SecurityGroupIds=$group"
rm -r "$code"
quiet ecs create-cluster --cluster-name tasks
quiet ecs register-task-definition --family task --container-definitions '[{"name":"c","image":"x","memory":64}]' --network-mode awsvpc
quiet ecs create-service --cluster tasks --service-name front --task-definition task --desired-count 0 --network-configuration "awsvpcConfiguration={subnets=[$subnet_a],securityGroups=[$group],assignPublicIp=ENABLED}"
quiet eks create-cluster --name kube --role-arn "$role" --resources-vpc-config "subnetIds=$subnet_a,$subnet_b,securityGroupIds=$group"
quiet eks create-nodegroup --cluster-name kube --nodegroup-name workers --subnets "$subnet_a" --node-role "$role"

# Who hears of changes.
topic=$(text sns create-topic --name changes --query TopicArn)
quiet sns subscribe --topic-arn "$topic" --protocol email --notification-endpoint a@example.com
quiet cloudtrail create-trail --name trail --s3-bucket-name logs
aws cloudtrail start-logging --name trail
aws logs create-log-group --log-group-name calls
aws logs put-metric-filter --log-group-name calls --filter-name changes --filter-pattern '{ $.eventName = AuthorizeSecurityGroupIngress }' --metric-transformations metricName=m,metricNamespace=n,metricValue=1
aws cloudwatch put-metric-alarm --alarm-name changes --metric-name m --namespace n --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions "$topic"
quiet events put-rule --name changes --event-pattern '{"source":["aws.ec2"]}'
quiet events put-targets --rule changes --targets "Id=1,Arn=$topic"
