kubectl create service nodeport ${app}-public --tcp=80:${listen} --node-port=${nodePort}
