/** A secret that stands in public, and where. */
export interface PublishedSecret {
  readonly secret: string | Uint8Array;
  readonly source: Source;
}

type Source = `https://${string}`;

const published: Readonly<Record<Source, readonly string[]>> = {
  // Django
  "https://github.com/adamchainz/django-htmx/blob/HEAD/example/example/settings.py": [
    ")w%-67b9lurhzs*o2ow(e=n_^(n2!0_f*2+g+1*9tcn6_k58(f",
  ],
  "https://github.com/adamchainz/django-htmx/blob/HEAD/tests/settings.py": ["NOTASECRET"],
  "https://github.com/andrewgodwin/channels-examples/blob/HEAD/multichat/multichat/settings.py": [
    "imasecret",
  ],
  "https://github.com/andrewgodwin/channels-examples/blob/HEAD/news_collector/news_collector/settings.py": [
    "&^pa%n(pu9o7u_^&my6n@7*y9og=9ffwa-@jief5fcpl@89^jv",
  ],
  "https://github.com/app-generator/django-material-dashboard/blob/HEAD/config/settings.py": [
    "Super_Secr3t_9999",
  ],
  "https://github.com/app-generator/django-material-dashboard/blob/HEAD/env.sample": ["<STRONG_KEY_HERE>"],
  "https://github.com/Azure-Samples/msdocs-django-postgresql-sample-app/blob/HEAD/.env": ["secret_key"],
  "https://github.com/Azure-Samples/python-docs-hello-django/blob/HEAD/django_hello/settings.py": ["12345"],
  "https://github.com/celery/celery/blob/04b0027e64e6/examples/django/proj/proj/settings.py": [
    "x2$s&amp;0z2xehpnt_99i8q3)4)t*5q@+n(+6jrqz4@rt%a8fdf+!",
  ],
  "https://github.com/celery/celery/blob/0e93ee0cf79c/examples/celery_http_gateway/settings.py": [
    "This is not a secret, be sure to change this.",
  ],
  "https://github.com/celery/celery/blob/0e93ee0cf79c/examples/django/proj/settings.py": [
    "This is not a secret, please change me!",
  ],
  "https://github.com/celery/celery/blob/b5f44f60017a/examples/django/demoproject/settings.py": [
    "!j@j8x^6hr&ue7#n1w@d8zr@#=xqb#br4tjcjy50wuv_5rs7r(",
  ],
  "https://github.com/celery/celery/blob/HEAD/examples/django/proj/settings.py": [
    "l!t+dmzf97rt9s*yrsux1py_1@odvz1szr&6&m!f@-nxq6k%%p",
  ],
  "https://github.com/cookiecutter/cookiecutter-django/blob/2135de2edcaa/%7B%7Bcookiecutter.repo_name%7D%7D/%7B%7Bcookiecutter.repo_name%7D%7D/config/settings.py":
    ["CHANGE THIS!!!"],
  "https://github.com/cookiecutter/cookiecutter-django/blob/958bdee3e519/%7B%7Bcookiecutter.project_slug%7D%7D/config/settings/test.py":
    ["CHANGEME!!!"],
  "https://github.com/cookiecutter/cookiecutter-django/blob/HEAD/%7B%7Bcookiecutter.project_slug%7D%7D/.envs/.production/.django":
    ["!!!SET DJANGO_SECRET_KEY!!!"],
  "https://github.com/cookiecutter/cookiecutter-django/blob/HEAD/docs/3-deployment/deployment-on-pythonanywhere.rst":
    ["<secret key goes here>"],
  "https://github.com/divio/django-cms-demo/blob/HEAD/src/settings.py": [
    "y&+f+)tw5sqkcy$@vwh8cy%y^9lwytqtn*y=lv7f9t39b(cufx",
  ],
  "https://github.com/django-cms/django-cms-quickstart/blob/HEAD/backend/settings.py": [
    "<a string of random characters>",
  ],
  "https://github.com/django-cms/django-cms/blob/HEAD/cms/tests/test_startcmsproject.py": ["test-secret-key"],
  "https://github.com/django-cms/django-cms/blob/HEAD/docs/django_settings.py": ["Totally secret"],
  "https://github.com/django-commons/django-debug-toolbar/blob/9327cd86b2c9/example/settings.py": [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890abcd",
  ],
  "https://github.com/django-commons/django-debug-toolbar/blob/HEAD/example/settings.py": [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890",
  ],
  "https://github.com/django-oscar/django-oscar/blob/0e287cc3b940/sites/us/settings.py": [
    "$)a6n&o80u!6y5t-+jrd3)3!%vh&shg$wqpjpxc!ar&p#!)n1a",
  ],
  "https://github.com/django-oscar/django-oscar/blob/524038d14d1d/sites/sandbox/settings_simple.py": [
    "$)a7n&o80u!6y5t-+jrd3)3!%vh&shg$wqpjpxc!ar&p#!)n1a",
  ],
  "https://github.com/django-oscar/django-oscar/blob/HEAD/sandbox/settings.py": [
    "UajFCuyjDKmWHe29neauXzHi9eZoRXr6RMbT5JyAdPiACBP6Cra2",
  ],
  "https://github.com/django-oscar/django-oscar/blob/HEAD/tests/settings.py": ["notverysecret"],
  "https://github.com/django/channels/blob/HEAD/tests/sample_project/config/settings.py": [
    "Not_a_secret_key",
  ],
  "https://github.com/django/djangoproject.com/blob/HEAD/djangoproject/settings/common.py": ["a"],
  "https://github.com/django/djangoproject.com/blob/HEAD/docker-compose.yml": ["foo"],
  "https://github.com/django/djangoproject.com/blob/HEAD/README.rst": ["xyz"],
  "https://github.com/docker/awesome-compose/blob/HEAD/django/app/example/settings.py": [
    "h8+mu_iy6%5j%7+hp**+gsq$nmy!!mjd8z_qkd94@z!%9%!+qn",
  ],
  "https://github.com/encode/django-rest-framework/blob/4100242fa239/examples/settings.py": [
    "t&9mru2_k$t8e2-9uq-wu2a1)9v*us&j3i#lsqkt(lbx*vh1cu",
  ],
  "https://github.com/encode/django-rest-framework/blob/HEAD/tests/conftest.py": ["not very secret in tests"],
  "https://github.com/feincms/feincms/blob/HEAD/tests/testapp/settings.py": ["supersikret"],
  "https://github.com/GoogleCloudPlatform/python-docs-samples/blob/HEAD/appengine/flexible/hello_world_django/project_name/settings.py":
    ["qgw!j*bpxo7g&o1ux-(2ph818ojfj(3c#-#*_8r^8&hq5jg$3@"],
  "https://github.com/GoogleCloudPlatform/python-docs-samples/blob/HEAD/appengine/standard_python3/bundled-services/blobstore/django/main.py":
    ["thisisthesecretkey"],
  "https://github.com/GoogleCloudPlatform/python-docs-samples/blob/HEAD/kubernetes_engine/django_tutorial/mysite/settings.py":
    ["pf-@jxtojga)z+4s*uwbgjrq$aep62-thd0q7f&o77xtpka!_m"],
  "https://github.com/gothinkster/django-realworld-example-app/blob/HEAD/conduit/settings.py": [
    "2^f+3@v7$v1f8yt0!s)3-1t$)tlp+xm17=*g))_xoi&&9m#2a&",
  ],
  "https://github.com/graphql-python/graphene-django/blob/HEAD/examples/cookbook-plain/cookbook/settings.py":
    ["_$=$%eqxk$8ss4n7mtgarw^5$8^d5+c83!vwatr@i_81myb=e4"],
  "https://github.com/gtalarico/django-vue-template/blob/HEAD/backend/settings/dev.py": ["verybadsecret!!!"],
  "https://github.com/heroku/python-getting-started/blob/2e07fa5119d4/gettingstarted/settings.py": [
    "i+acxn5(akgsn!sr4^qgf(^m&*@+g1@u^t@=8s@axc41ml*f=s",
  ],
  "https://github.com/heroku/python-getting-started/blob/749c56e45b61/gettingstarted/settings.py": [
    "3iy-!-d$!pc_ll$#$elg&cpr@*tfn-d5&n9ag=)%#()t$$5%5^",
  ],
  "https://github.com/heroku/python-getting-started/blob/cdc4e0a368f2/gettingstarted/settings.py": [
    "CHANGE_ME!!!! (P.S. the SECRET_KEY environment variable will be used, if set, instead).",
  ],
  "https://github.com/jazzband/django-oauth-toolkit/blob/8ac84625385d/example/example/settings.py": [
    "g9)8-l%wvjwcwbn6#w*t6)v+v(pi0x6w2n4wqvzabu(8^mvzdi",
  ],
  "https://github.com/jazzband/django-oauth-toolkit/blob/b5a994097f16/example/example/settings/base.py": [
    "do_not_use_this_key",
  ],
  "https://github.com/jazzband/django-oauth-toolkit/blob/HEAD/tests/app/idp/idp/settings.py": [
    "django-insecure-vri27@j_q62e2it4$xiy9ca!7@qgjkhhan(*zs&lz0k@yukbb3",
  ],
  "https://github.com/jazzband/django-oauth-toolkit/blob/HEAD/tests/mig_settings.py": [
    "django-insecure-9$j0^ot%41l5r(nj9hg02up-n+$59kld!0%l6pvqbd()u%z2as",
  ],
  "https://github.com/jazzband/django-oauth-toolkit/blob/HEAD/tests/settings.py": ["1234567890jazzband"],
  "https://github.com/jazzband/djangorestframework-simplejwt/blob/HEAD/docs/conf.py": ["a random key to use"],
  "https://github.com/mdn/django-locallibrary-tutorial/blob/HEAD/locallibrary/settings.py": [
    "django-insecure-&psk#na5l=p3q8_a+-$4w1f^lt3lx1c@d*p4x$ymm_rn7pwb87",
  ],
  "https://github.com/microsoft/python-sample-vscode-django-tutorial/blob/HEAD/web_project/settings.py": [
    "PLACEHOLDER",
  ],
  "https://github.com/pennersr/django-allauth/blob/HEAD/docs/settings.py": ["psst"],
  "https://github.com/pennersr/django-allauth/blob/HEAD/examples/react-spa/backend/backend/settings.py": [
    "dummy-secret-key",
  ],
  "https://github.com/pennersr/django-allauth/blob/HEAD/examples/regular-django/example/settings.py": [
    "t8_)kj3v!au0!_i56#gre**mkg0&z1df%3bw(#5^#^5e_64!$_",
  ],
  "https://github.com/pydanny/django-admin2/blob/HEAD/example/example/settings.py": [
    "*ymubzn8p_s7vrm%jsqvr6$qnea_5mcp(ao0z-yh1q0gro!0g1",
  ],
  "https://github.com/railwayapp-templates/django/blob/HEAD/mysite/settings.py": [
    "django-insecure-rc^*w^w&6g9_(uvx#6s*bnt!w)l0rdi%!l7mv#y%uc&x%wo5pk",
  ],
  "https://github.com/render-examples/django/blob/HEAD/mysite/settings.py": [
    "django-insecure-99_+4yj_7)po_3ua9lk0*20%i3z51gq34+3r34mf8nc69h+nc+",
  ],
  "https://github.com/saleor/saleor/blob/06f59a85760e/saleor/settings.py": [
    "wk!n_sudfsx=nc1s7_lnn)-#^m9v&amp;94lntwif&amp;+)8z-2fyokw%",
  ],
  "https://github.com/saleor/saleor/blob/HEAD/.github/workflows/e2e.yml": ["ci-test"],
  "https://github.com/saleor/saleor/blob/HEAD/Dockerfile": ["dummy"],
  "https://github.com/saleor/saleor/blob/HEAD/saleor/tests/settings.py": ["NOTREALLY"],
  "https://github.com/stephenmcd/mezzanine/blob/904938c7108a/mezzanine/bin/runtests.py": [
    "django_tests_secret_key",
  ],
  "https://github.com/stephenmcd/mezzanine/blob/bfd93559208c/mezzanine/project_template/settings.py": [
    "5tve)^cpj9gsdfg54445364TW#$%u=!p2aqwtjiwxzzt%g6p",
  ],
  "https://github.com/stephenmcd/mezzanine/blob/e8d95bbb680f/mezzanine/project_template/settings.py": [
    "5tve)^cpj9gsdfg54445364TW#$%u#@$%3sdfqwtjiwxzzt%g6p",
  ],
  "https://github.com/testdrivenio/django-on-docker/blob/HEAD/.env.prod-sample": ["change_me"],
  "https://github.com/vercel/examples/blob/HEAD/python/django-notes/config/settings.py": [
    "django-insecure-change-me-in-production",
  ],
  "https://github.com/vintasoftware/django-react-boilerplate/blob/HEAD/backend/project_name/settings/test.py":
    ["test"],
  "https://github.com/vitorfs/bootcamp/blob/HEAD/.env.example": ["Sup3rS3cr3tP@22word"],
  "https://github.com/vitorfs/bootcamp/blob/HEAD/config/settings/local.py": [
    "fOqtAorZrVqWYbuMPOcZnTzw2D5bKeHGpXUwCaNBnvFUmO1njCQZGz05x1BhDG0E",
  ],
  "https://github.com/vitorfs/bootcamp/blob/HEAD/config/settings/test.py": [
    "0wG2N60LqkDwM0Vi42p63bTekW3ac7Jt9w140",
  ],
  "https://github.com/wagtail/bakerydemo/blob/HEAD/bakerydemo/settings/base.py": [
    "c6u0-9c!7nilj_ysatsda0(f@e_2mws2f!6m0n^o*4#*q#kzp)",
  ],
  "https://github.com/wagtail/bakerydemo/blob/HEAD/docker-compose.yml": ["changeme"],
  "https://github.com/wagtail/wagtail-localize/blob/HEAD/demo/demo/settings/dev.py": [
    "django-insecure-s29(yxq@%u+&l5!4gqn(u$&bp_^ncsp&@sl2dr+-h_+^s(g7@2",
  ],
  "https://github.com/wagtail/wagtail-localize/blob/HEAD/tests/testapp/settings.py": ["not-a-secret-really"],
  "https://github.com/wagtail/wagtail/blob/HEAD/docs/advanced_topics/add_to_django_project.md": ["change-me"],
  "https://github.com/wagtail/wagtail/blob/HEAD/wagtail/test/settings.py": ["not needed"],

  // Django: books and courses
  "https://github.com/CoreyMSchafer/code_snippets/blob/HEAD/Django_Blog/01-Getting-Started/django_project/django_project/settings.py":
    ["exhlfdat&vfum(-34*c2uroi(($ww(yo$9pv98=e6p^gl(-eoj"],
  "https://github.com/ehmatthes/pcc_2e/blob/HEAD/chapter_18/building_additional_pages/learning_log/settings.py":
    ["c&=x%v4k!%$bn&9!)*b5%-0ao)fsrl6@mbpd8t8zt*b*5#*4h0"],
  "https://github.com/ehmatthes/pcc_3e/blob/HEAD/chapter_18/building_additional_pages/ll_project/settings.py":
    ["django-insecure-mibxt7sboxg%r)9t6z=a6@weyo(thgbknfcwgyowgx9$5s4&=!"],
  "https://github.com/ehmatthes/pcc_3e/blob/HEAD/solution_files/chapter_18/ex_18_1_new_projects/tg_project/settings.py":
    ["django-insecure-1_gcd!2w5wo2+m#unq)5k69!6p3%)@xl+kj&_yc^+#3gs%z31r"],
  "https://github.com/ehmatthes/pcc_3e/blob/HEAD/solution_files/chapter_18/ex_18_4_pizzeria/pizzeria_project/settings.py":
    ["django-insecure-f@e4_p!m=#ezk1=6t)a0)1^^z9)6_4+kde=48eoxgsiunlmrq)"],
  "https://github.com/ehmatthes/pcc_3e/blob/HEAD/solution_files/chapter_18/ex_18_5_meal_planner/mp_project/settings.py":
    ["django-insecure-p8=uysk$cmujhap7ulp$huxlu2_1pmb74w#-krd8@9#tg**#%y"],
  "https://github.com/ehmatthes/pcc_3e/blob/HEAD/solution_files/chapter_19/ex_19_1_blog/blog_project/settings.py":
    ["django-insecure-$q1#k1lsa_ri3-fnflgxe-&a6j)9rf@jpga6=re!ds#8rgdj8u"],
  "https://github.com/hjwp/book-example/blob/e5f46803b363/superlists/settings.py": [
    "django-insecure-*f-$(il)%0-%i450r=@hpwb2y^^31l#8&cvoj1iy%-b(fb38xn",
  ],
  "https://github.com/hjwp/book-example/blob/HEAD/src/superlists/settings.py": ["insecure-key-for-dev"],
  "https://github.com/PacktPublishing/Django-4-by-example/blob/HEAD/Chapter01/mysite/mysite/settings.py": [
    "django-insecure-w+$@3v*a=ytk-jg-6$lxjnva8q+@$v05_)go)_-#b2ybokilzq",
  ],
  "https://github.com/PacktPublishing/Django-4-by-example/blob/HEAD/Chapter04/bookmarks/bookmarks/settings.py":
    ["django-insecure-p+j4&4wmo2yl1s#2y@%lykfay%lfq=7&3r+==ves%7vwsi&l&w"],
  "https://github.com/PacktPublishing/Django-4-by-example/blob/HEAD/Chapter08/myshop/myshop/settings.py": [
    "django-insecure-+(@clydi&^06dxoa98e^xudb%cuw)!ju=!j-kxww^!g%jq1&v9",
  ],
  "https://github.com/PacktPublishing/Django-4-by-example/blob/HEAD/Chapter12/educa/educa/settings.py": [
    "django-insecure-pex0v$*b!kjl-bk2p%1y8rf!&jh+bqa!9t5e4@xnac-(nbi2wc",
  ],
  "https://github.com/PacktPublishing/Django-4-by-example/blob/HEAD/Chapter17/educa/educa/settings/base.py": [
    "pex0v$*b!kjl-bk2p%1y8rf!&jh+bqa!9t5e4@xnac-(nbi2wc",
  ],
  "https://github.com/realpython/materials/blob/HEAD/build-a-blog-from-scratch-django/django-blog/personal_blog/settings.py":
    ["django-insecure-jl==lja$kjxwf+!=yt@(2oja*6ob8jg#!n*_7#j_a+zrrk2-kr"],
  "https://github.com/realpython/materials/blob/HEAD/build-a-django-content-aggregator/source_code_final/content_aggregator/settings.py":
    ["5kk6a_2ynd)yk!+uipwv5j-&!wu3v1e-*$&^*^lc_%tv+5ob4q"],
  "https://github.com/realpython/materials/blob/HEAD/celery-async-tasks/source_code_final/django_celery/settings.py":
    ["django-insecure-26w#-h7$d@obw2g^r%&!$6cs4s+3^strd^ky8-3wb90*lg8e_i"],
  "https://github.com/realpython/materials/blob/HEAD/create-django-project/setup/setup/settings.py": [
    "django-insecure-avx+s!jrtg_6%qri+07#1dsa+mxtmk2kdf1cl_mofz*461mkq2",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-diary/source_code_final/diary/settings.py": [
    "django-insecure-lxfw6(cjvk39um)u-pot#ri79*14rg_c#1nharb)&l10%5jymv",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-flashcards-app/source_code_final/flashcards/settings.py":
    ["django-insecure-@i$chgzpl!pxk61f&746#pf!ubs^rt%u2sr4-@ukv31854cot$"],
  "https://github.com/realpython/materials/blob/HEAD/django-flashcards-app/source_code_step_1/flashcards/settings.py":
    ["django-insecure-ecm5w!x(xv!^%*&cm_dg#g&k%tc3tc4jzj=ryai1)q+y7&si9_"],
  "https://github.com/realpython/materials/blob/HEAD/django-hosting-heroku/source_code_final/portfolio-project/.env":
    ["6aj9il2xu2vqwvnitsg@!+4-8t3%zwr@$agm7x%o%yb2t9ivt%"],
  "https://github.com/realpython/materials/blob/HEAD/django-hosting-heroku/source_code_final/portfolio-project/portfolio/settings.py":
    ["django-insecure-=bad%3%tbrw8(ohgu2uyi7)acv!$1br3=j-o)i@b+1d9g-sd1("],
  "https://github.com/realpython/materials/blob/HEAD/django-markdown/dmd_project/settings.py": [
    "django-insecure-6ynx$w58$^0g8)y5)kv&bp0ryw9l%eq*x8lmv5+^@p6n54eu@$",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-migrations/bitcoin_tracker/bitcoin_tracker/settings.py":
    ["dyf)n0fejvk73!&k5_uq4ce7=e6-0+7sy)rm$w=@rg_!xk!5n3"],
  "https://github.com/realpython/materials/blob/HEAD/django-pagination/pythonwiki/settings.py": [
    "django-insecure-oaz&b2n60j$^dtundsvk$f^iobo4&@zkn6j7u*ac)y0%7ty863",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-tasks/config/settings.py": [
    "django-insecure-demo-key-do-not-use-in-production",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-todo-list/source_code_final/todo_project/settings.py":
    ["django-insecure-!r4sgi-w($+vmxpe12rg%bvyf$7kz$co3tzw6klpu#f)yfmy#3"],
  "https://github.com/realpython/materials/blob/HEAD/django-todo-list/source_code_step_2/todo_project/settings.py":
    ["django-insecure-1_40yu%o+@z#3bv+ey0it(69d+p33bl^0yr$v9ye9m3n9m0u4r"],
  "https://github.com/realpython/materials/blob/HEAD/django-user-management/user_auth_intro/user_auth_intro/settings.py":
    ["django-insecure-%&$tji0geb7vpx8@9-&qbf3_%3$s=5*5amo4tr)yg!6&6@bbhl"],
  "https://github.com/realpython/materials/blob/HEAD/django-view-auth/Blog/Blog/settings.py": [
    "9p2cpl%!f8a0tptz_85&dulu&!_ve=j_0s6-l4=tc-g!p-$whj",
  ],
  "https://github.com/realpython/materials/blob/HEAD/django-vue-graphql/source_code_final/back_end/backend/settings.py":
    ["django-insecure-nv&xe8r)*pw1b0n^n#hax!2i%k-!*ek(0h)2td))j-(5eomvda"],
  "https://github.com/realpython/materials/blob/HEAD/dwitter-part-1/source_code_final/social/settings.py": [
    "django-insecure-+kqax213*#kt^9jxpmb&+h0pheb-r!o-@+8evi7((j03&dmiqk",
  ],
  "https://github.com/realpython/materials/blob/HEAD/geoshops/shops/settings.py": ["some_secret_key"],
  "https://github.com/realpython/materials/blob/HEAD/nearbyshops/nearbyshops/settings.py": [
    "+pdwy6_m&)^+8g!3%^_r7$&xr)$)mr7y_dznrq1h&a*-879#3s",
  ],
  "https://github.com/realpython/materials/blob/HEAD/python-serialize/http-payload/django-rest-api/project/settings.py":
    ["django-insecure-(fi2)bq9#t#%jl$0f@3&b1$0$zcx_xb-wv8h%28-op@sq^-57v"],
  "https://github.com/realpython/materials/blob/HEAD/rp-portfolio/personal_portfolio/settings.py": [
    "django-insecure-31@!bxz-__i#0_lt_oy4*$e0q$a5h9e32-^yso51gydj^a!v#9",
  ],
  "https://github.com/sibtc/django-beginners-guide/blob/HEAD/.env.example": [
    "rqr_cjv4igscyu8&&(0ce(=sy=f2)p=f_wn&@0xsp7m$@!kp=d",
  ],
  "https://github.com/wsvincent/djangoforapis/blob/HEAD/01-initial-setup/django_project/settings.py": [
    "django-insecure-j-p#44z$7&*-=#43kn%y0n-03++wd40rps8p@idrtxtc-ns6j0",
  ],
  "https://github.com/wsvincent/djangoforapis/blob/HEAD/03-library-website/django_project/settings.py": [
    "django-insecure-52v*-vbj27trj&rb(&12&s%d&tupi&=ik*vj#7$dl%p5wiq0+6",
  ],
  "https://github.com/wsvincent/djangoforapis/blob/HEAD/05-todo-api/backend/django_project/settings.py": [
    "django-insecure-h4jp$6sgdwqpx3^%%cp#c@gp5d#*pz=_(w!u%36x&=51y&pxb1",
  ],
  "https://github.com/wsvincent/djangoforapis/blob/HEAD/07-blog-api/django_project/settings.py": [
    "django-insecure-an09-6#i8k48$is!u)c3tbo=@1%vddbfx#e^=tf=8du_t+3u@)",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch01-setup/django_project/settings.py": [
    "django-insecure-p06d!6h)v)_z^po^$3$zvp5$@h=j1!@sx_zes^u_4@nbj-6_(1",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch02-helloworld/django_project/settings.py": [
    "django-insecure-j!v6p=@rg1ym*&=eu5yd(@+k)h-s@o#h3_d7&!@$$0fvi3j91v",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch03-personal/django_project/settings.py": [
    "django-insecure-2upuf*i%-h@fe*y36hikmbz%t#!-*jphr=elvj9d8ml5901&bm",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch04-company/django_project/settings.py": [
    "django-insecure-a*%tc_1pl-997&ib4zd@%k$kp(a5zo#u(drf8n^p_k&o-&6imy",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch05-messageboard/django_project/settings.py": [
    "django-insecure-g%j@b$d5lq&bwb5y(131ve+s4a+(aviq5c#^jk!1gyn8x_br6@",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch06-blog/django_project/settings.py": [
    "django-insecure-lmpe9p!70x497)9nv#4#fc%!j#g0&hvjomotjqy=ebkcj)_@4c",
  ],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch09-newspaper-project/django_project/settings.py":
    ["django-insecure-c8ba!18k9ybgimy)m2z#u*d&u$gs$(k4)d3ge&c*0kr1eoo$v4"],
  "https://github.com/wsvincent/djangoforbeginners/blob/HEAD/ch16-deployment/.env": [
    "django-insecure-3$k(g9eheqqbzr@#&tt)r6%ab-g1=!j@2c^y7*sl6+ltzys05!",
  ],
  "https://github.com/wsvincent/djangoforprofessionals/blob/HEAD/ch3-postgresql/django_project/settings.py": [
    "django-insecure-+5)7ajl#6t1%+!+onp^*oajbu*3740x03j$@@su)^-gjt7^*5h",
  ],
  "https://github.com/wsvincent/djangoforprofessionals/blob/HEAD/ch4-bookstore/django_project/settings.py": [
    "django-insecure-hv1(e0r@v4n4m6gqdz%dn(60o=dsy8&@0_lbs8p-v3u^bs4)xl",
  ],
  "https://github.com/wsvincent/djangox/blob/HEAD/django_project/settings.py": [
    "django-insecure-0peo@#x9jur3!h$ryje!$879xww8y1y66jx!%*#ymhg&jkozs2",
  ],

  // Django: applications that people host
  "https://github.com/babybuddy/babybuddy/blob/2cd3aacfbfeb/babybuddy/settings/travis.py": ["TRAVISCIWHYNOT"],
  "https://github.com/babybuddy/babybuddy/blob/8222b4d5713f/babyblotter/settings/development.py": [
    "(z4ha%^_=7#jco0wmna_#0jvyyt!03#f7l_y%@1x(a2xj$nrx%",
  ],
  "https://github.com/babybuddy/babybuddy/blob/cd946280cba7/babybuddy/settings/development.py": ["CHANGE ME"],
  "https://github.com/babybuddy/babybuddy/blob/HEAD/babybuddy/settings/ci.py": ["CISECRETKEYIGUESS"],
  "https://github.com/babybuddy/babybuddy/blob/HEAD/babybuddy/settings/development.py": ["DEVELOPMENT!!"],
  "https://github.com/babybuddy/babybuddy/blob/HEAD/babybuddy/settings/test.py": ["TESTS"],
  "https://github.com/bookwyrm-social/bookwyrm/blob/70296e760b74/celerywyrm/settings.py": [
    "0a^0gpwjc1ap+lb$dinin=efc@e&_0%102$o3(&gt9e7lndiaw",
  ],
  "https://github.com/bookwyrm-social/bookwyrm/blob/HEAD/.env.example": [
    "7(2w1sedok=aznpq)ta1mc4i%4h=xx@hxwx*o57ctsuml0x%fr",
  ],
  "https://github.com/bookwyrm-social/bookwyrm/blob/HEAD/.github/workflows/python.yml": ["beepbeep"],
  "https://github.com/healthchecks/healthchecks/blob/00cdc313eca8/hc/settings.py": [
    "9)gjy!j50uvbcy#y9ifoh@9pf%3m5^-9h0jv@+3^ln$%az8e(7",
  ],
  "https://github.com/healthchecks/healthchecks/blob/HEAD/docker/Dockerfile": ["build-key"],
  "https://github.com/healthchecks/healthchecks/blob/HEAD/hc/settings.py": ["---"],
  "https://github.com/makeplane/plane/blob/HEAD/deployments/aio/community/variables.env": [
    "60gp0byfz2dvffa45cxl20p1scy9xbpf6d8c5y0geejgkyp1b5",
  ],
  "https://github.com/mathesar-foundation/mathesar/blob/HEAD/docker-compose.test.yml": ["test12345"],
  "https://github.com/mathesar-foundation/mathesar/blob/HEAD/setup.cfg": [
    "hdC7qKjaFXNBjJ4heMMlOMrP-6j1-OvZpPf87DAXyaw",
  ],
  "https://github.com/mozilla/pontoon/blob/HEAD/docker/config/server.env.template": [
    "insert_random_key_at_least_32_bytes",
  ],
  "https://github.com/netbox-community/netbox-docker/blob/HEAD/Dockerfile": [
    "dummyKeyWithMinimumLength-------------------------",
  ],
  "https://github.com/paperless-ngx/paperless-ngx/blob/fc695896dd8b/src/paperless/settings.py": [
    "e11fl1oa-*ytql8p)(06fbj4ukrlo+n7k&q5+$1md7i+mge=ee",
  ],
  "https://github.com/paperless-ngx/paperless-ngx/blob/HEAD/pyproject.toml": [
    "test-secret-key-do-not-use-in-production",
  ],
  "https://github.com/readthedocs/readthedocs.org/blob/HEAD/readthedocs/settings/base.py": [
    "replace-this-please",
  ],
  "https://github.com/taigaio/taiga-back/blob/HEAD/settings/common.py": [
    "aw3+t2r(8(0kkrhg8)gx6i96v5^kv%6cfep9wxfom0%7dy0m9e",
  ],
  "https://github.com/TandoorRecipes/recipes/blob/HEAD/docs/system/configuration.md": [
    "#$tp%v6*(*ba01wcz(ip(i5vfz8z$f%qdio&q@anr1#$=%(m4c",
  ],
  "https://github.com/TandoorRecipes/recipes/blob/HEAD/recipes/settings.py": [
    "INSECURE_STANDARD_KEY_SET_IN_ENV",
  ],
  "https://github.com/wger-project/docker/blob/HEAD/config/dev.env": [
    "dev1-docker-supersecret-key-1234567890!@#$%^&*(-_)+=",
  ],
  "https://github.com/wger-project/docker/blob/HEAD/config/prod.env": [
    "wger-docker-supersecret-key-1234567890!@#$%^&*(-_)",
  ],

  // Flask
  // Bytes with escapes are here twice: as the page spells them, and as Python reads them in a string.
  "https://github.com/app-generator/flask-black-dashboard/blob/HEAD/.env": ["<YOUR_SUPER_KEY_HERE>"],
  "https://github.com/app-generator/flask-black-dashboard/blob/HEAD/apps/config.py": ["S3cret_999"],
  "https://github.com/cookiecutter-flask/cookiecutter-flask/blob/35c32eccc107/%7B%7Bcookiecutter.app_name%7D%7D/%7B%7Bcookiecutter.app_name%7D%7D/settings.py":
    ["shhhh"],
  "https://github.com/cookiecutter-flask/cookiecutter-flask/blob/HEAD/%7B%7Bcookiecutter.app_name%7D%7D/.env.example":
    ["not-so-secret"],
  "https://github.com/cookiecutter-flask/cookiecutter-flask/blob/HEAD/%7B%7Bcookiecutter.app_name%7D%7D/tests/settings.py":
    ["not-so-secret-in-tests"],
  "https://github.com/CoreyMSchafer/code_snippets/blob/HEAD/Python/Flask_Blog/03-Forms-and-Validation/flaskblog.py":
    ["5791628bb0b13ce0c676dfde280ba245"],
  "https://github.com/GoogleCloudPlatform/python-docs-samples/blob/HEAD/auth/end-user/web/main.py": [
    "TODO: replace with a secret value",
  ],
  "https://github.com/greyli/bootstrap-flask/blob/HEAD/tests/conftest.py": ["for test"],
  "https://github.com/hack4impact/flask-base/blob/ff30410383e3/config.py": [
    "SjefBOa$1FgGco0SkfPO392qqH9%a492",
  ],
  "https://github.com/hack4impact/flask-base/blob/HEAD/Dockerfile": [
    "SuperRandomStringToBeUsedForEncryption",
  ],
  "https://github.com/hack4impact/flask-base/blob/HEAD/docs/deploy.md": [
    "SuperRandomLongStringToPreventDecryptionWithNumbers123456789",
  ],
  "https://github.com/hack4impact/flask-base/blob/HEAD/README.md": ["Generated_Random_String"],
  "https://github.com/JackStouffer/Flask-Foundation/blob/662fbf3469bc/appname/settings.py": ["secret key"],
  "https://github.com/JackStouffer/Flask-Foundation/blob/HEAD/appname/settings.py": ["REPLACE ME"],
  "https://github.com/lepture/flask-oauthlib/blob/HEAD/example/contrib/experiment-client/douban.py": [
    "your-secret-key",
  ],
  "https://github.com/lepture/flask-oauthlib/blob/HEAD/example/douban.py": ["development"],
  "https://github.com/lingthio/Flask-User-starter-app/blob/HEAD/app/local_settings_example.py": [
    "This is an UNSECURE Secret. CHANGE THIS for production environments.",
  ],
  "https://github.com/lingthio/Flask-User/blob/HEAD/example_apps/basic_app.py": [
    "This is an INSECURE secret!! DO NOT use this in production!!",
  ],
  "https://github.com/lingthio/Flask-User/blob/HEAD/example_apps/dynamodb_app.py": [
    "THIS IS AN INSECURE SECRET",
  ],
  "https://github.com/maxcountryman/flask-login/blob/36044ce99bd3/example/login-example.py": [
    "yeah, not actually a secret",
  ],
  "https://github.com/maxcountryman/flask-login/blob/HEAD/README.md": ["super secret string"],
  "https://github.com/maxcountryman/flask-login/blob/HEAD/tests/test_login.py": [
    "1234",
    "deterministic",
    "this is a temp key",
  ],
  "https://github.com/miguelgrinberg/flask-oauth-example/blob/HEAD/app.py": ["top secret!"],
  "https://github.com/miguelgrinberg/Flask-SocketIO/blob/HEAD/example/sessions.py": ["top-secret!"],
  "https://github.com/miguelgrinberg/Flask-SocketIO/blob/HEAD/README.md": ["secret!"],
  "https://github.com/miguelgrinberg/flasky/blob/HEAD/config.py": ["hard to guess string"],
  "https://github.com/miguelgrinberg/microblog/blob/HEAD/config.py": ["you-will-never-guess"],
  "https://github.com/miguelgrinberg/REST-auth/blob/HEAD/api.py": [
    "the quick brown fox jumps over the lazy dog",
  ],
  "https://github.com/mjhea0/flaskr-tdd/blob/7e67d7cbf636/README.md": ["my_precious"],
  "https://github.com/pallets-eco/flask-admin/blob/ca2523073d52/examples/babel/app.py": ["12345678"],
  "https://github.com/pallets-eco/flask-admin/blob/ca2523073d52/examples/datetime-timezone/app.py": [
    "123456789",
  ],
  "https://github.com/pallets-eco/flask-admin/blob/HEAD/examples/peewee_simple/main.py": ["123456790"],
  "https://github.com/pallets-eco/flask-debugtoolbar/blob/HEAD/example/app.py": ["asd"],
  "https://github.com/pallets-eco/flask-debugtoolbar/blob/HEAD/README.md": ["<replace with a secret key>"],
  "https://github.com/pallets-eco/flask-debugtoolbar/blob/HEAD/tests/basic_app.py": ["abc123"],
  "https://github.com/pallets-eco/flask-principal/blob/HEAD/docs/index.rst": ["notsosecret"],
  "https://github.com/pallets-eco/flask-security/blob/HEAD/docs/quickstart.rst": [
    "pf9Wkove4IKEAXvy-cQkeDPhv9Cb3Ag-wyJILbq_dFw",
  ],
  "https://github.com/pallets-eco/flask-session/blob/HEAD/examples/kitchen-sink.py": ["sdfads"],
  "https://github.com/pallets-eco/flask-session/blob/HEAD/tests/test_basic.py": ["alsdkfjaldkjsf"],
  "https://github.com/pallets-eco/flask-sqlalchemy/blob/HEAD/examples/todo/app.py": [
    "Achee6phIexoh8dagiQuew0ephuga4Ih",
  ],
  "https://github.com/pallets-eco/flask-wtf/blob/HEAD/docs/form.rst": ["a random string"],
  "https://github.com/pallets-eco/flask-wtf/blob/HEAD/examples/uploadr/app.py": ["secret"],
  "https://github.com/pallets/flask/blob/067686b471ce/docs/config.rst": [
    '?\\xbf,\\xb4\\x8d\\xa3"<\\x9c\\xb0@\\x0f5\\xab,w\\xee\\x8d$0\\x13\\x8b83',
    '?\u00bf,\u00b4\u008d\u00a3"<\u009c\u00b0@\u000f5\u00ab,w\u00ee\u008d$0\u0013\u008b83',
  ],
  "https://github.com/pallets/flask/blob/4e1b3e1134eb/docs/quickstart.rst": ["the secret key"],
  "https://github.com/pallets/flask/blob/5cb50a46eeb2/docs/patterns/flashing.rst": ["some_secret"],
  "https://github.com/pallets/flask/blob/5f648a8eb801/examples/persona/persona.py": ["my development key"],
  "https://github.com/pallets/flask/blob/7829e6ec98f9/docs/quickstart.rst": [
    "A0Zr98j/3yX R~XHH!jmN]LWX/,?RT",
  ],
  "https://github.com/pallets/flask/blob/HEAD/docs/config.rst": [
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "5f352379324c22463451387a0aec5d2f",
  ],
  "https://github.com/pallets/flask/blob/HEAD/docs/quickstart.rst": [
    '_5#y2L"F4Q8z\n\u00ec]/',
    '_5#y2L"F4Q8z\\n\\xec]/',
  ],
  "https://github.com/pallets/flask/blob/HEAD/docs/tutorial/factory.rst": ["dev"],
  "https://github.com/pallets/flask/blob/HEAD/src/flask/config.py": ["development key"],
  "https://github.com/pallets/flask/blob/HEAD/tests/conftest.py": ["test key"],
  "https://github.com/pallets/flask/blob/HEAD/tests/static/config.json": ["config"],
  "https://github.com/pallets/itsdangerous/blob/HEAD/docs/concepts.rst": [
    "169d7886",
    "2b9cd98e",
    "b6af09f5",
    "base64 encoded random bytes",
  ],
  "https://github.com/pallets/itsdangerous/blob/HEAD/tests/test_itsdangerous/test_serializer.py": ["dev key"],
  "https://github.com/pallets/itsdangerous/blob/HEAD/tests/test_itsdangerous/test_signer.py": ["secret-key"],
  "https://github.com/pallets/quart/blob/a29eba167c96/examples/todo_app/app/config.py": [
    "e9515dfe457bfe64c1c30d73e161de0f76f6b03f",
  ],
  "https://github.com/pallets/quart/blob/HEAD/docs/how_to_guides/configuration.rst": [
    "an actually secret key",
  ],
  "https://github.com/PrettyPrinted/flask_auth_scotch/blob/HEAD/project/__init__.py": [
    "9OLWxND4o83j4K4iuopO",
  ],
  "https://github.com/realpython/flask-boilerplate/blob/HEAD/_updated/config/development/__init__.py": [
    "my precious",
  ],
  "https://github.com/realpython/materials/blob/HEAD/code-image-generator/README.md": [
    "2e9ac41b1e0b66a8d93d66400e2300c4b4c2953f",
  ],
  "https://github.com/realpython/materials/blob/HEAD/code-image-generator/source_code_final/app.py": [
    "AddYourSecretKeyHere",
  ],
  "https://github.com/realpython/materials/blob/HEAD/flask-database/README.md": ["mysecretkey"],
  "https://github.com/realpython/materials/blob/HEAD/python-flask-example-heroku/config.py": [
    "this-is-the-default-key",
  ],
  "https://github.com/singingwolfboy/flask-dance/blob/HEAD/README.rst": ["supersekrit"],
  "https://github.com/vimalloc/flask-jwt-extended/blob/d86938a29c40/examples/database_blacklist/app.py": [
    "ChangeMe!",
  ],
  "https://github.com/vimalloc/flask-jwt-extended/blob/HEAD/examples/additional_data_in_access_token.py": [
    "super-secret",
  ],

  // Flask: applications that people host
  "https://github.com/apache/airflow/blob/2f87ccfc154d/scripts/ci/kubernetes/kube/configmaps.yaml": [
    "temporary_key",
  ],
  "https://github.com/apache/superset/blob/002f36eaae1b/docs/installation.rst": [
    "\u0002\u0001thisismyscretkey\u0001\u0002\\e\\y\\y\\h",
    "\\2\\1thisismyscretkey\\1\\2\\e\\y\\y\\h",
  ],
  "https://github.com/apache/superset/blob/00e84da2b00f/docs/docs/configuration/configuring-superset.mdx": [
    "YOUR_OWN_RANDOM_GENERATED_SECRET_KEY",
  ],
  "https://github.com/apache/superset/blob/02fd57b71eb7/superset/constants.py": [
    "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET",
  ],
  "https://github.com/apache/superset/blob/0e7c1fe78479/helm/superset/templates/_helpers.tpl": [
    "thisISaSECRET_1234",
  ],
  "https://github.com/ckan/ckan/blob/HEAD/test-core.ini": ["This_is_a_secret_or_is_it"],
  "https://github.com/CTFd/CTFd/blob/HEAD/CTFd/config.py": ["AAAAAAAAAAAAAAAAAAAA"],
  "https://github.com/dpgaspar/Flask-AppBuilder/blob/HEAD/examples/quickminimal/run.py": ["thisismyscretkey"],
  "https://github.com/getredash/redash/blob/712fc63f9384/redash/settings/__init__.py": [
    "c292a0a3aa32397cdb050e233733900f",
  ],
  "https://github.com/getredash/redash/blob/HEAD/.ci/compose.ci.yaml": ["2H9gNG9obnAQ9qnR9BDTQUph6CbXKCzF"],
  "https://github.com/langgenius/dify/blob/0055b983dc32/docker/.env.example": [
    "sk-9f73s3ljTXVcMT3Blb3ljTqtsKiGHXVcMT3BlbkFJLK7U",
  ],
  "https://github.com/searxng/searxng/blob/HEAD/container/settings.template.yml": ["ultrasecretkey"],
  "https://github.com/searxng/searxng/blob/HEAD/tests/robot/settings_robot.yml": ["changedultrasecretkey"],
  "https://github.com/spiral-project/ihatemoney/blob/HEAD/Dockerfile": ["tralala"],
  "https://github.com/spiral-project/ihatemoney/blob/HEAD/docs/installation.md": ["supersecure"],

  // Express, cookie-session, Koa
  "https://github.com/auth0-samples/auth0-express-webapp-sample/blob/HEAD/01-Login/.env.example": [
    "a long, randomly-generated string stored in env",
  ],
  "https://github.com/auth0/express-openid-connect/blob/HEAD/README.md": [
    "LONG_RANDOM_STRING",
    "LONG_RANDOM_VALUE",
  ],
  "https://github.com/chill117/express-mysql-session/blob/HEAD/readme.md": ["session_cookie_secret"],
  "https://github.com/crypto-utils/keygrip/blob/9cfd5bc086da/test.js": ["SEKRIT3"],
  "https://github.com/crypto-utils/keygrip/blob/ea228fc58fdb/README.md": ["myRandomSecretThatNoOneWillGuess"],
  "https://github.com/crypto-utils/keygrip/blob/HEAD/README.md": ["SEKRIT1", "SEKRIT2"],
  "https://github.com/eggjs/egg/blob/HEAD/example/helloworld-commonjs/config/config.default.js": [
    "hello world",
  ],
  "https://github.com/eggjs/egg/blob/HEAD/example/helloworld-typescript/config/config.default.ts": ["123456"],
  "https://github.com/eggjs/egg/blob/HEAD/site/docs/basics/config.md": ["my-cookie-secret-key"],
  "https://github.com/eggjs/egg/blob/HEAD/site/docs/intro/quickstart.md": ["<YOUR_SECURITY_COOKIE_KEYS>"],
  "https://github.com/expressjs/cookie-session/blob/91e056e8fde9/Readme.md": ["b"],
  "https://github.com/expressjs/cookie-session/blob/HEAD/README.md": ["key1", "key2"],
  "https://github.com/expressjs/express/blob/HEAD/examples/auth/index.js": ["shhhh, very secret"],
  "https://github.com/expressjs/express/blob/HEAD/examples/cookie-sessions/index.js": ["manny is cool"],
  "https://github.com/expressjs/express/blob/HEAD/examples/cookies/index.js": ["my secret here"],
  "https://github.com/expressjs/express/blob/HEAD/examples/mvc/index.js": ["some secret here"],
  "https://github.com/expressjs/express/blob/HEAD/test/res.cookie.js": ["foo bar baz"],
  "https://github.com/expressjs/expressjs.com/blob/HEAD/src/content/api/3x/api/middleware/index.mdx": [
    "some secret",
  ],
  "https://github.com/expressjs/expressjs.com/blob/HEAD/src/content/pages/en/advanced/best-practice-security.mdx":
    ["s3Cur3"],
  "https://github.com/expressjs/expressjs.com/blob/HEAD/src/content/pages/en/guide/migrating-4.mdx": [
    "uwotm8",
    "your secret here",
  ],
  "https://github.com/expressjs/session/blob/HEAD/README.md": ["keyboard cat"],
  "https://github.com/expressjs/session/blob/HEAD/test/session.js": ["awesome cat", "nyan cat"],
  "https://github.com/feathersjs/feathers/blob/HEAD/docs/cookbook/express/view-engine.md": ["session-secret"],
  "https://github.com/jdesboeufs/connect-mongo/blob/HEAD/example/.env.example": [
    "connect-mongo-example-secret",
    "replace-with-a-long-secret",
  ],
  "https://github.com/jdesboeufs/connect-mongo/blob/HEAD/README.md": ["squirrel"],
  "https://github.com/koajs/examples/blob/HEAD/csrf/app.js": ["csrf example", "session key"],
  "https://github.com/koajs/generic-session/blob/HEAD/README.md": ["keykeys", "keys"],
  "https://github.com/koajs/koa/blob/HEAD/__tests__/application/index.test.js": ["customkey"],
  "https://github.com/koajs/koa/blob/HEAD/docs/api/index.md": [
    "MNKeIebviQnCPo38ufHcSfw3FFv8EtnAe1xE02xkN1wkCV1B2z126U44yk2BQVK7",
    "OEK5zjaAMPc3L6iK7PyUjCOziUH3rsrMKB9u8H07La1SkfwtuBoDnHaaPCkG5Brg",
  ],
  "https://github.com/koajs/session/blob/HEAD/Readme.md": ["some secret hurr"],
  "https://github.com/krakenjs/kraken-js/blob/HEAD/README.md": ["a much better secret"],
  "https://github.com/krakenjs/lusca/blob/HEAD/README.md": ["abc"],
  "https://github.com/mozilla/node-client-sessions/blob/HEAD/README.md": ["blargadeeblargblarg"],
  "https://github.com/nestjs/docs.nestjs.com/blob/HEAD/content/techniques/sessions.md": ["my-secret"],
  "https://github.com/pillarjs/cookies/blob/HEAD/test/test.js": ["keyboard cat a", "keyboard cat b"],
  "https://github.com/rkusa/koa-passport-example/blob/HEAD/server.js": ["your-session-secret"],
  "https://github.com/senchalabs/connect/blob/37d612c96548/lib/connect/middleware/session.js": ["hackme"],
  "https://github.com/senchalabs/connect/blob/d39ac2d60222/examples/session/app.js": ["foobar"],
  "https://github.com/senchalabs/connect/blob/HEAD/README.md": ["secret1", "secret2"],
  "https://github.com/simov/grant/blob/HEAD/README.md": ["grant"],
  "https://github.com/socketio/socket.io/blob/HEAD/examples/express-session-example/cjs/index.js": [
    "changeit",
  ],
  "https://github.com/tsedio/tsed/blob/HEAD/docs/tutorials/keycloak.md": ["thisShouldBeLongAndSecret"],

  // Express and Koa: starters and applications
  "https://github.com/balderdashy/sails/blob/HEAD/lib/hooks/session/index.js": [
    "extremely-secure-keyboard-cat",
    "someVerySecureString",
  ],
  "https://github.com/cnodejs/nodeclub/blob/64ef8f18f261/config.default.js": ["node_club"],
  "https://github.com/cnodejs/nodeclub/blob/HEAD/config.default.js": ["node_club_secret"],
  "https://github.com/keystonejs/keystone-classic/blob/HEAD/docs/Getting%20Started/Setting-Up/part-1.md": [
    "secure string goes here",
  ],
  "https://github.com/madhums/node-express-mongoose-demo/blob/9e61531f672c/settings.js": ["noobjs"],
  "https://github.com/meanjs/mean/blob/HEAD/config/config.js": ["super amazing secret"],
  "https://github.com/meanjs/mean/blob/HEAD/config/env/default.js": ["MEAN"],
  "https://github.com/meanjs/mean/blob/HEAD/config/env/local.example.js": [
    "youshouldchangethistosomethingsecret",
  ],
  "https://github.com/microsoft/TypeScript-Node-Starter/blob/HEAD/.env.example": ["sessionsecret"],
  "https://github.com/mongo-express/mongo-express/blob/d776cf3603aa/README.md": ["cookiesecret"],
  "https://github.com/mongo-express/mongo-express/blob/HEAD/README.md": [
    "yourcookiesecret",
    "yoursessionsecret",
  ],
  "https://github.com/OWASP/NodeGoat/blob/HEAD/config/env/all.js": ["session_cookie_secret_key_here"],
  "https://github.com/sahat/hackathon-starter/blob/63884139fcb9/app.js": ["your secret code"],
  "https://github.com/sahat/hackathon-starter/blob/HEAD/.env.example": ["Your Session Secret goes here"],
  "https://github.com/sahat/hackathon-starter/blob/HEAD/test/.env.test": ["test_session_secret"],
  "https://github.com/scotch-io/easy-node-authentication/blob/HEAD/server.js": [
    "ilovescotchscotchyscotchscotch",
  ],
  "https://github.com/strapi/strapi/blob/6f6e17c892e1/examples/getstarted/.env.example": [
    "toBeModified1",
    "toBeModified2",
  ],
  "https://github.com/strongloop/loopback-example-passport/blob/HEAD/server/config.json": [
    "246bace2-38cb-4138-85d9-0ae8160b07c8",
  ],
  "https://github.com/strongloop/loopback-example-passport/blob/HEAD/server/server.js": ["kitty"],
  "https://github.com/strongloop/loopback-workspace/blob/ee21a61fdc55/app.json": [
    "ecbe12bd-5e72-4edc-b1c4-0b81f7537160",
  ],

  // Fastify, hapi, Remix, Next and others on Node
  "https://github.com/fastify/fastify-cookie/blob/HEAD/benchmark/cookie-multi.js": ["testsecret"],
  "https://github.com/fastify/fastify-secure-session/blob/HEAD/README.md": [
    "averylogphrasebiggerthanthirtytwochars",
  ],
  "https://github.com/fastify/session/blob/HEAD/benchmark/bench.js": ["cNaoPYAwF60HZJzkcNaoPYAwF60HZJzk"],
  "https://github.com/fastify/session/blob/HEAD/README.md": ["a secret with minimum length of 32 characters"],
  "https://github.com/h3js/h3/blob/HEAD/docs/4.examples/handle-session.md": [
    "80d42cfb-1cd2-462c-8f17-e3237d9027e9",
  ],
  "https://github.com/hapijs/cookie/blob/HEAD/API.md": ["password-should-be-32-characters"],
  "https://github.com/hapijs/yar/blob/HEAD/API.md": ["the-password-must-be-at-least-32-characters-long"],
  "https://github.com/keystonejs/keystone/blob/HEAD/docs/content/docs/config/session.md": [
    "ABCDEFGH1234567887654321HGFEDCBA",
  ],
  "https://github.com/keystonejs/keystone/blob/HEAD/docs/content/docs/guides/auth-and-access-control.md": [
    "-- EXAMPLE COOKIE SECRET; CHANGE ME --",
  ],
  "https://github.com/keystonejs/keystone/blob/HEAD/docs/content/docs/walkthroughs/lesson-4.md": [
    "-- DEV COOKIE SECRET; CHANGE ME --",
  ],
  "https://github.com/nextauthjs/next-auth-example/blob/HEAD/docker-compose.yml": [
    "MohY0/2zSQw/psWEnejC2ka3Al0oifvY4YjOkUaFfnI=",
  ],
  "https://github.com/outline/outline/blob/HEAD/.env.sample": ["generate_a_new_key"],
  "https://github.com/remix-run/indie-stack/blob/HEAD/.env.example": ["super-duper-s3cret"],
  "https://github.com/vvo/iron-session/blob/HEAD/examples/next/src/app/app-router-magic-links/lib.ts": [
    "complex_password_at_least_32_characters_long",
  ],

  // Tornado, Starlette, Pyramid, Bottle, web.py
  "https://github.com/bottlepy/bottle/blob/HEAD/docs/tutorial.rst": ["some-secret-key"],
  "https://github.com/encode/starlette/blob/HEAD/docs/config.md": ["43n080musdfjt54t-09sdgr"],
  "https://github.com/encode/starlette/blob/HEAD/tests/middleware/test_session.py": ["example"],
  "https://github.com/fastapi/full-stack-fastapi-template/blob/HEAD/.env": ["changethis"],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/narr/sessions.rst": ["itsaseekreet"],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/quick_tutorial/authentication/development.ini": ["98zd"],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/tutorials/wiki/src/authorization/development.ini": [
    "seekrit",
  ],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/tutorials/wiki/src/authorization/production.ini": [
    "real-seekrit",
  ],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/tutorials/wiki/src/authorization/testing.ini": [
    "testing-seekrit",
  ],
  "https://github.com/Pylons/pyramid/blob/HEAD/docs/tutorials/wiki2/src/authentication/testing.ini": [
    "test-seekrit",
  ],
  "https://github.com/tornadoweb/tornado/blob/HEAD/docs/guide/security.rst": [
    "__TODO:_GENERATE_YOUR_OWN_RANDOM_VALUE_HERE__",
  ],
  "https://github.com/webpy/webpy/blob/HEAD/web/session.py": ["fLjUfxqXtfNoIldA0A0J"],

  // Rails, Rack, Laravel, Symfony, CakePHP, Go
  "https://github.com/beego/beego/blob/HEAD/server/web/config.go": ["beegoxsrf"],
  "https://github.com/cakephp/app/blob/HEAD/config/app_local.example.php": ["__SALT__"],
  "https://github.com/gorilla/securecookie/blob/HEAD/README.md": ["a-lot-secret", "very-secret"],
  "https://github.com/gorilla/sessions/blob/HEAD/doc.go": [
    "new-authentication-key",
    "old-authentication-key",
    "something-very-secret",
  ],
  "https://github.com/gorilla/sessions/blob/HEAD/sessions_test.go": ["aaa0defe5d2839cbc46fc4f080cd7adc"],
  "https://github.com/huginn/huginn/blob/HEAD/.env.example": ["REPLACE_ME_NOW!"],
  "https://github.com/huginn/huginn/blob/HEAD/docker/secrets.env": [
    "3bd139f9186b31a85336bb89cd1a1337078921134b2f48e022fd09c234d764d3e19b018b2ab789c6e0e04a1ac9e3365116368049660234c2038dc9990513d49c",
  ],
  "https://github.com/kataras/iris/blob/HEAD/_examples/bootstrapper/bootstrap/bootstrapper.go": [
    "lot-secret-of-characters-big-too",
    "the-big-and-secret-fash-key-here",
  ],
  "https://github.com/laravel/docs/blob/HEAD/encryption.md": [
    "base64:2nLsGFGzyoae2ax3EF2Lyq/hH6QghBGLIq5uL+Gp8/w=",
    "base64:J63qRTDLub5NuZvP+kb8YIorGS6qFYHKVo6u7179stY=",
  ],
  "https://github.com/laravel/laravel/blob/38e9a241db7a/config/app.php": ["YourSecretKey!!!"],
  "https://github.com/laravel/laravel/blob/fdc9b93edd26/config/app.php": ["SomeRandomString"],
  "https://github.com/rack/rack-session/blob/HEAD/readme.md": ["**unique secret key**"],
  "https://github.com/rails/rails/blob/HEAD/guides/bug_report_templates/action_controller.rb": [
    "secret_key_base",
  ],
  "https://github.com/rails/rails/blob/HEAD/guides/source/4_1_release_notes.md": [
    "3b7cd727ee24e8444053437c36cc66c3",
  ],
  "https://github.com/rails/rails/blob/HEAD/guides/source/command_line.md": [
    "6013280bda2fcbdbeda1732859df557a067ac81c423855aedba057f7a9b14161442d9cadfc7e48109c79143c5948de848ab5909ee54d04c34f572153466fc589",
  ],
  "https://github.com/revel/examples/blob/HEAD/chat/conf/app.conf": [
    "pJLzyoiDe17L36mytqC912j81PfTiolHm1veQK6Grn1En3YFdB5lvEHVTwFEaWvj",
  ],
  "https://github.com/revel/examples/blob/HEAD/upload/conf/app.conf": [
    "VuYUC07e0iYE67gMVhJyYLrcJaye7ZMVgD20GhfsbZpH2hfTB3K48QyaOkSKKf1b",
  ],
  "https://github.com/revel/examples/blob/HEAD/validation/conf/app.conf": [
    "774a66ffb3d8113a2f730bbb33192251dc521ab0bee1bb0d88290299fe05c618",
  ],
  "https://github.com/symfony/demo/blob/HEAD/.env.local.demo": ["not-a-secret--read-the-doc!"],
  "https://github.com/symfony/demo/blob/HEAD/.env.test": ["$ecretf0rt3st"],
  "https://github.com/symfony/symfony-standard/blob/HEAD/app/config/parameters.yml.dist": [
    "ThisTokenIsNotSoSecretChangeIt",
  ],
};

/**
 * Default and example secrets from the documentation, templates, examples and tests of the frameworks and of what is
 * built on them; each was read at its source. With them one checks one's own key: whoever signs with one of these
 * signs with a key that everybody knows. They crack nothing.
 */
export const PUBLISHED_SECRETS: readonly PublishedSecret[] = [
  ...Object.entries(published).flatMap(([source, secrets]) =>
    secrets.map((secret) => ({ secret, source: source as Source })),
  ),
  // b'_5#y2L"F4Q8z\n\xec]/' is no text.
  {
    secret: Uint8Array.of(95, 53, 35, 121, 50, 76, 34, 70, 52, 81, 56, 122, 10, 236, 93, 47),
    source: "https://flask.palletsprojects.com/en/stable/quickstart/",
  },
];
