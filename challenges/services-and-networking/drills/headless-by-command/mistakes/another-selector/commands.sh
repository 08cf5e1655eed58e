kubectl create service clusterip ${db}-headless --clusterip=None --tcp=5432
