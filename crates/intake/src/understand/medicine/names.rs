//! Names of medicines as they are spelled: generic names (the United States' and the international ones), brands, Spanish
//! names. A slip in one of them is put right; a name that is not here is taken as it was said.

/// Generic names, supplements, and what people call a medicine by.
pub(super) const GENERICS: &str = "abacavir, abiraterone, acamprosate, acarbose, acetaminophen, acetazolamide, acitretin, acyclovir, adalimumab, \
agomelatine, albuterol, alendronate, alendronic acid, alirocumab, aliskiren, allopurinol, alogliptin, alprazolam, \
alteplase, alverine, amantadine, amiloride, amiodarone, amitriptyline, amlodipine, amoxicillin, amoxicillin \
clavulanate, amphetamine, ampicillin, anastrozole, antacid, apixaban, apremilast, aripiprazole, ashwagandha, aspirin, \
atenolol, atomoxetine, atorvastatin, azathioprine, azelastine, azilsartan, azithromycin, baclofen, beclometasone, \
beclomethasone, bempedoic acid, benazepril, bendroflumethiazide, benzonatate, benztropine, betamethasone, \
bicalutamide, bictegravir, bilastine, bimatoprost, biotin, birth control, bisacodyl, bisoprolol, brexpiprazole, \
brimonidine, bromocriptine, budesonide, budesonide formoterol, bumetanide, buprenorphine, bupropion, buspirone, \
cabergoline, calcipotriol, calcitriol, calcium, calcium carbonate, canagliflozin, candesartan, capecitabine, \
captopril, carbamazepine, carbidopa, carbidopa levodopa, carbimazole, cariprazine, carisoprodol, carvedilol, \
cefadroxil, cefalexin, cefdinir, cefixime, cefpodoxime, cefuroxime, celecoxib, cephalexin, cetirizine, chlorhexidine, \
chlorpheniramine, chlorthalidone, cholecalciferol, cholestyramine, cilostazol, cimetidine, ciprofloxacin, citalopram, \
clarithromycin, clindamycin, clobazam, clobetasol, clomiphene, clomipramine, clonazepam, clonidine, clopidogrel, \
clotrimazole, clozapine, co-amoxiclav, co-codamol, cobalamin, cod liver oil, codeine, coenzyme q10, colchicine, \
colesevelam, collagen, cranberry, creatine, creon, cromolyn, cyanocobalamin, cyclobenzaprine, cyclophosphamide, \
cyclosporine, dabigatran, dapagliflozin, dapsone, denosumab, desloratadine, desmopressin, desogestrel, desvenlafaxine, \
dexamethasone, dextroamphetamine, dextromethorphan, diazepam, diclofenac, dicyclomine, diflunisal, digoxin, \
dihydrocodeine, diltiazem, dimenhydrinate, diphenhydramine, dipyridamole, disulfiram, divalproex, docusate, \
dolutegravir, domperidone, donepezil, dorzolamide, doxazosin, doxepin, doxycycline, drospirenone, dulaglutide, \
duloxetine, dutasteride, edoxaban, efavirenz, empagliflozin, emtricitabine, enalapril, enoxaparin, entacapone, \
entecavir, enzalutamide, epinephrine, eplerenone, epoetin, eprosartan, ergocalciferol, ertugliflozin, erythromycin, \
escitalopram, esketamine, esomeprazole, estradiol, estriol, estrogen, eszopiclone, etanercept, ethambutol, ethinyl \
estradiol, ethosuximide, etodolac, etonogestrel, etoricoxib, evolocumab, exemestane, exenatide, ezetimibe, \
famciclovir, famotidine, febuxostat, felodipine, fenofibrate, fentanyl, ferrous fumarate, ferrous sulfate, ferrous \
sulphate, fexofenadine, filgrastim, finasteride, finerenone, fish oil, flecainide, fluconazole, fludrocortisone, \
fluoxetine, flurbiprofen, fluticasone, fluticasone salmeterol, fluvoxamine, folate, folic acid, fondaparinux, \
formoterol, fosinopril, frusemide, furosemide, gabapentin, galantamine, gemfibrozil, gentamicin, ginkgo, glargine, \
gliclazide, glimepiride, glipizide, glucosamine, glyburide, glyceryl trinitrate, guaifenesin, guanfacine, haloperidol, \
heparin, hydralazine, hydrochlorothiazide, hydrocodone, hydrocodone acetaminophen, hydrocortisone, hydromorphone, \
hydroxychloroquine, hydroxyurea, hydroxyzine, hyoscine, ibandronate, ibuprofen, icosapent, imatinib, imipramine, \
indapamide, indomethacin, infliximab, insulin, insulin aspart, insulin degludec, insulin detemir, insulin glargine, \
insulin lispro, ipratropium, irbesartan, iron, iron tablets, isoniazid, isosorbide, isosorbide dinitrate, isosorbide \
mononitrate, isotretinoin, itraconazole, ivabradine, ivermectin, ketoconazole, ketoprofen, ketorolac, ketotifen, \
labetalol, lacidipine, lacosamide, lactulose, lamivudine, lamotrigine, lansoprazole, latanoprost, leflunomide, \
lercanidipine, letrozole, leuprolide, levetiracetam, levocarnitine, levocetirizine, levodopa, levofloxacin, \
levonorgestrel, levothyroxine, lidocaine, linagliptin, linezolid, liothyronine, liraglutide, lisdexamfetamine, \
lisinopril, lithium, lixisenatide, lofexidine, loperamide, loratadine, lorazepam, losartan, lovastatin, lurasidone, \
magnesium, mebendazole, mebeverine, meclizine, medroxyprogesterone, mefenamic acid, melatonin, meloxicam, memantine, \
mercaptopurine, mesalamine, mesalazine, metformin, methadone, methimazole, methocarbamol, methotrexate, methyldopa, \
methylnaltrexone, methylphenidate, methylprednisolone, metoclopramide, metolazone, metoprolol, metoprolol succinate, \
metoprolol tartrate, metronidazole, midodrine, minocycline, minoxidil, mirabegron, mirtazapine, misoprostol, \
modafinil, mometasone, montelukast, morphine, moxifloxacin, moxonidine, multivitamin, multivitamins, mupirocin, \
mycophenolate, nabilone, nabumetone, nadolol, naloxone, naltrexone, naproxen, naratriptan, nebivolol, niacin, \
nicardipine, nicotine, nicotine patch, nifedipine, nimodipine, nitazoxanide, nitrofurantoin, nitroglycerin, \
norethindrone, norethisterone, norgestimate, nortriptyline, nystatin, olanzapine, olmesartan, olmesartan medoxomil, \
olopatadine, omega 3, omeprazole, ondansetron, oseltamivir, oxcarbazepine, oxybutynin, oxycodone, oxymetazoline, \
oxymorphone, paliperidone, pantoprazole, paracetamol, paroxetine, pembrolizumab, penicillamine, penicillin, penicillin \
v, peppermint oil, perampanel, perindopril, pethidine, phenazopyridine, phenelzine, phenobarbital, phentermine, \
phenylephrine, phenytoin, pimecrolimus, pioglitazone, piroxicam, polyethylene glycol, potassium, potassium chloride, \
pramipexole, prasugrel, pravastatin, prazosin, prednisolone, prednisone, pregabalin, prenatal vitamin, prenatal \
vitamins, primidone, probenecid, probiotic, probiotics, prochlorperazine, progesterone, promethazine, propafenone, \
propranolol, propylthiouracil, pseudoephedrine, psyllium, quetiapine, quinapril, rabeprazole, raloxifene, ramipril, \
ranitidine, ranolazine, rasagiline, repaglinide, ribavirin, rifampin, rifaximin, riluzole, risankizumab, risedronate, \
risperidone, rituximab, rivaroxaban, rivastigmine, rizatriptan, roflumilast, ropinirole, rosuvastatin, rufinamide, \
sacubitril valsartan, salbutamol, salmeterol, saxagliptin, secukinumab, selegiline, semaglutide, senna, sertraline, \
sevelamer, sildenafil, simethicone, simvastatin, sitagliptin, sofosbuvir, solifenacin, sotalol, spironolactone, st \
johns wort, sucralfate, sulfamethoxazole, sulfasalazine, sumatriptan, tacrolimus, tadalafil, tamoxifen, tamsulosin, \
tapentadol, telmisartan, temazepam, tenofovir, terazosin, terbinafine, terlipressin, testosterone, theophylline, \
thyroxine, ticagrelor, timolol, tiotropium, tirzepatide, tizanidine, tofacitinib, tolterodine, topiramate, torsemide, \
tramadol, trandolapril, tranexamic acid, trazodone, tretinoin, tretinoin cream, triamcinolone, triamterene, \
trihexyphenidyl, trimethoprim, turmeric, ulipristal, umeclidinium, upadacitinib, ursodiol, ustekinumab, valacyclovir, \
valproate, valproic acid, valsartan, vancomycin, vardenafil, varenicline, venlafaxine, verapamil, vericiguat, \
vilanterol, vilazodone, vitamin a, vitamin b, vitamin b complex, vitamin b12, vitamin b6, vitamin c, vitamin d, \
vitamin d3, vitamin e, vitamin k, vitamins, vortioxetine, warfarin, warfarin sodium, zafirlukast, zidovudine, zinc, \
ziprasidone, zolmitriptan, zolpidem, zonisamide, zopiclone";

/// Brands.
pub(super) const BRANDS: &str = "abilify, accolade, accutane, aciphex, activella, actonel, actos, adderall, advair, advil, afrin, aimovig, ajovy, \
aldactone, aleve, alka seltzer, allegra, alphagan, altace, amaryl, ambien, amitiza, androgel, anoro, apri, arava, \
aricept, arimidex, armour thyroid, aromasin, asacol, aspirina bayer, astelin, atarax, ativan, atrovent, augmentin, \
avandia, avapro, avelox, avodart, azilect, azopt, azulfidine, bactrim, banzel, basaglar, bayer, beconase, belsomra, \
benadryl, benicar, benlysta, bentyl, biaxin, biktarvy, boniva, breo, breztri, bricanyl, brilinta, briviact, bufferin, \
bumex, buscopan, buspar, bydureon, byetta, bystolic, calpol, canesten, carafate, cardizem, cardura, casodex, catapres, \
ceftin, celebrex, celexa, cellcept, chantix, cialis, cipro, clarinex, claritin, clenil, cleocin, climara, clonopin, \
clozaril, cogentin, colace, colcrys, combivent, compazine, concerta, contrave, coreg, coricidin, cosentyx, cosopt, \
coumadin, cozaar, crestor, cymbalta, cytomel, dayquil, daytrana, dayvigo, delsym, demadex, depakote, depo provera, \
descovy, desyrel, detrol, dexilant, diflucan, dilantin, dilaudid, diovan, ditropan, doryx, dramamine, dulcolax, \
dulera, duoresp, dupixent, edarbi, effexor, elavil, eliquis, eltroxin, emergen c, emgality, enablex, enbrel, entocort, \
entresto, epclusa, epipen, epivir, estrace, euthyrox, evamist, evista, excedrin, exelon, farmapram, farxiga, femara, \
feosol, flagyl, flector, flexeril, flomax, flonase, flovent, focalin, forteo, fosamax, fostair, fybogel, fycompa, gas \
x, gaviscon, genvoya, geodon, gleevec, glucophage, glucotrol, haldol, harvoni, humalog, humatrope, humira, humulin, \
hytrin, hyzaar, imdur, imitrex, imodium, imuran, inderal, intuniv, invega, invokana, isentress, jalyn, janumet, \
januvia, jardiance, junel, keflex, kenalog, keppra, klonopin, klor con, kyleena, lagevrio, lamictal, lamisil, lanoxin, \
lantus, lasix, latuda, laxido, lemsip, levaquin, levemir, levitra, levocet, levoxyl, levsin, lexapro, lialda, \
lidoderm, linzess, lipitor, livalo, lo loestrin, lopressor, lotensin, lotrel, lovaza, lovenox, lumigan, lunesta, \
lupron, lyrica, maalox, macrobid, mavyret, maxalt, maxzide, medrol, metadate, metamucil, mevacor, miacalcin, micardis, \
milk of magnesia, minocin, miralax, mirapex, mirena, mobic, motrin, mounjaro, movicol, mucinex, multaq, mylanta, \
myrbetriq, namenda, namzaric, naprosyn, nasacort, nasonex, neupro, neurontin, nexium, nexletol, nexplanon, niaspan, \
nitrostat, norco, normodyne, norvasc, novolin, novolog, novorapid, nurofen, nurtec, nuvaring, nyquil, nytol, omnicef, \
onfi, onglyza, ortho tri cyclen, otezla, oxycontin, ozempic, pacerone, pamelor, panadol, paragard, pataday, patanol, \
paxil, paxlovid, pennsaid, pentasa, pepcid, pepto bismol, percocet, piriton, plan b, plaquenil, plavix, pradaxa, \
praluent, pravachol, premarin, prevacid, prezista, prilosec, pristiq, proair, procardia, prograf, prolia, propecia, \
proscar, protonix, proventil, provera, provigil, prozac, pulmicort, pyridium, qsymia, qulipta, qvar, ranexa, rapaflo, \
reclast, reglan, remeron, remicade, rennie, repatha, requip, restasis, restoril, revatio, rexulti, rinvoq, risperdal, \
ritalin, robaxin, robitussin, rybelsus, saphris, savella, saxenda, seasonique, septra, seretide, seroquel, sertide, \
silenor, sinemet, singulair, skelaxin, skyla, skyrizi, solodyn, solpadeine, soma, sonata, spiriva, spravato, sprintec, \
steglatro, stelara, stendra, stiolto, strattera, stromectol, stugeron, suboxone, sudafed, sudafed pe, suprax, \
symbicort, synthroid, tamiflu, tapazole, tecta, tegretol, tekturna, tenex, tenormin, tessalon, tikosyn, timoptic, \
tivicay, topamax, toprol, toprol xl, toradol, toujeo, toviaz, tradjenta, travatan, trelegy, tresiba, tricor, \
trileptal, trintellix, trulance, trulicity, truvada, tums, tylenol, ubrelvy, uloric, ultram, unisom, urelle, \
uroxatral, vagifem, valium, valtrex, vascepa, vasotec, ventolin, vermox, vesicare, viagra, vibramycin, vicodin, \
victoza, viibryd, vimpat, voltaren, voveran, vraylar, vytorin, vyvanse, wegovy, welchol, wellbutrin, xalatan, xanax, \
xarelto, xeljanz, xgeva, xofluza, xolair, xyzal, yasmin, yaz, z pak, zantac, zebeta, zegerid, zepbound, zestoretic, \
zestril, zetia, zithromax, zocor, zofran, zoladex, zoloft, zomig, zovirax, zyban, zyloprim, zyprexa, zyrtec";

/// Spanish names.
pub(super) const SPANISH: &str = "acarbosa, aceclofenaco, aceite de pescado, acenocumarol, acetaminofén, aciclovir, adalimumab, adiro, agomelatina, \
albendazol, alendronato, alfuzosina, almax, alopurinol, alprazolam, ambroxol, amikacina, amilorida, amiodarona, \
amitriptilina, amlodipino, amoxicilina, ampicilina, anastrozol, anticonceptivos, apixabán, aripiprazol, aspirina, \
atenolol, atorvastatina, azatioprina, azitromicina, baclofeno, beclometasona, bencidamida, betametasona, bezafibrato, \
bicarbonato de sodio, bilastina, bisacodilo, bisoprolol, bromazepam, bromuro de ipratropio, budesonida, budesonida \
formoterol, bumetanida, buprenorfina, bupropión, buscapina, butilhioscina, cabergolina, cafiaspirina, calcio, \
calcitonina, calcitriol, candesartán, captopril, carbamazepina, carbidopa, carbonato de calcio, carvedilol, cefaclor, \
cefadroxilo, cefalexina, cefixima, ceftriaxona, cefuroxima, celecoxib, cetirizina, ciclobenzaprina, ciclofosfamida, \
ciclosporina, cilostazol, cinarizina, cinitaprida, ciprofloxacino, citalopram, claritromicina, clindamicina, \
clobetasol, clomipramina, clonazepam, clonidina, cloperastina, clopidogrel, clorfenamina, clortalidona, clotrimazol, \
codeína, colchicina, colecalciferol, complejo b, dabigatrán, dapagliflozina, desloratadina, desmopresina, \
desvenlafaxina, dexametasona, dexketoprofeno, dexlansoprazol, dextrometorfano, diazepam, diclofenaco, dienogest, \
difenidol, digoxina, diltiazem, dimenhidrinato, dipirona, dolcopropan, dolo neurobion, dolocatil, domperidona, \
donepezilo, doxazosina, doxiciclina, drospirenona, duloxetina, dutasterida, ebastina, edoxabán, empagliflozina, \
enalapril, enantyum, enoxaparina, eritromicina, escitalopram, esomeprazol, espironolactona, estradiol, etambutol, \
etoricoxib, eutirox, ezetimiba, famotidina, febuxostat, felodipino, fenazopiridina, fenitoína, fenobarbital, \
fenofibrato, fentanilo, fexofenadina, finasterida, fluconazol, fluoxetina, fluticasona, formoterol, fosfomicina, \
frenadol, furosemida, gabapentina, gelocatil, gemfibrozilo, glibenclamida, gliclazida, glimepirida, glucobay, \
guaifenesina, haloperidol, hctz, heparina, hidralazina, hidroclorotiazida, hidrocortisona, hidroxicloroquina, hidroxiurea, \
hidroxizina, hierro, ibandronato, ibuprofeno, imipramina, indapamida, indometacina, insulina, insulina glargina, \
insulina nph, ipratropio, irbesartán, isoniazida, isosorbida, itraconazol, ivabradina, ivermectina, ketoconazol, \
ketoprofeno, ketorolaco, lacosamida, lactulosa, lamotrigina, lansoprazol, latanoprost, leflunomida, lercanidipino, \
letrozol, levetiracetam, levocetirizina, levodopa, levofloxacino, levonorgestrel, levonorgestrel etinilestradiol, \
levotiroxina, lexatin, linagliptina, linezolid, liraglutida, lisinopril, litio, loperamida, loratadina, lorazepam, \
losartán, lurasidona, magnesio, mebendazol, meclizina, medroxiprogesterona, melatonina, meloxicam, memantina, \
mesalazina, metamizol, metformina, metildopa, metilfenidato, metilprednisolona, metimazol, metocarbamol, \
metoclopramida, metoprolol, metotrexato, metronidazol, micofenolato, mirabegrón, mirtazapina, montelukast, morfina, \
multivitamínico, naproxeno, nebivolol, neurobion, nifedipino, nimesulida, nistatina, nitazoxanida, nitrofurantoína, \
nitroglicerina, nolotil, nortriptilina, olanzapina, olmesartán, omega 3, omeprazol, ondansetrón, orfenadrina, orfidal, \
oseltamivir, oxcarbazepina, oxibutinina, oxicodona, oximetazolina, paliperidona, pantoprazol, paracetamol, parecoxib, \
paroxetina, penicilina, pentoxifilina, perindopril, picosulfato, pinaverio, pioglitazona, piroxicam, plantago, \
potasio, pramipexol, prasugrel, pravastatina, prednisolona, prednisona, pregabalina, progesterona, propranolol, \
quetiapina, rabeprazol, racecadotrilo, raloxifeno, ramipril, ranitidina, rasagilina, rifampicina, risedronato, \
risperidona, rivaroxabán, rivotril, rosuvastatina, rupatadina, salbutamol, salmeterol, salmeterol fluticasona, \
semaglutida, senósidos, sertralina, sildenafil, simeticona, simvastatina, sintrom, sitagliptina, solifenacina, \
sotalol, sucralfato, sulfasalazina, sulfato de magnesio, sulfato ferroso, sumatriptán, tacrolimus, tadalafilo, tafil, \
tamoxifeno, tamsulosina, tapentadol, tegretol, telmisartán, tempra, teofilina, terbinafina, teriparatida, tibolona, \
ticagrelor, timolol, tiotropio, tizanidina, topiramato, torasemida, tramadol, trankimazin, trazodona, trimebutina, \
trimetoprima, valaciclovir, valproato, valproato de magnesio, valsartán, venlafaxina, verapamil, verapamilo, \
vildagliptina, vitamina a, vitamina b12, vitamina c, vitamina d, vitamina d3, vitamina e, vitaminas, vortioxetina, \
warfarina, xeroquel, zinc, zolpidem, zopiclona, ácido acetilsalicílico, ácido alendrónico, ácido ascórbico, ácido \
fólico, ácido valproico";
