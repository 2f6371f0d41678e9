\du
\dn public
\df abs
\df+ int4pl
\do ||
\dT+ int4
\da sum
\dl
\db
\dL
\dx
\dA
\dD
\dE
\dconfig work_mem
\drds
\sf abs(int)
